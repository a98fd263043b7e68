"""Intervals, tests and charts: ours, each with its formula and its source."""
