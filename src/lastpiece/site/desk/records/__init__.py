"""The desk's tables, and the only code that touches them: models, queries, actions."""
