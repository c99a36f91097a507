"""Reading the tables: each query returns rows or values and changes nothing."""
