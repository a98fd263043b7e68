"""Time studies: planned, checked, and turned into minutes per duty with their intervals and grades."""
