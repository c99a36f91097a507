"""One verb, one function, one transaction, one audit row (see `auditing`)."""
