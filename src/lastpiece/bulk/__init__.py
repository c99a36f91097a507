"""The same sums over whole tables."""
