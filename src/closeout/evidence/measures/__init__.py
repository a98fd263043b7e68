"""Measures: declared in a pack, computed over a snapshot, linked to the recommendations they answer."""
