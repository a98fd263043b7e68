"""What the pages of staffing show, as plain values; one module a page."""
