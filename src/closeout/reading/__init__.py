"""Reports in: bytes to text with offsets, to reports, recommendations and statements."""
