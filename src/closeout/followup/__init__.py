"""Statuses, allowed moves, clocks, promises and differences: rules as data, no storage."""
