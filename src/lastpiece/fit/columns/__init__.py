"""The sums of fitting over whole columns: coding, candidate pairs, levels, learning and grouping."""
