"""Timings beside their peers, run by `make bench`. Each module has a `main()` that prints a table."""
