"""The tables an agency keeps: declared once, checked row by row, written and read as snapshots."""
