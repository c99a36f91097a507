"""An invented county with known truth, for the demonstration, the tests and the benchmarks."""
