"""Where every figure comes from, always beside the plain way in the same run. See README, “Benchmarks”."""
