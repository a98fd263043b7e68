"""The pages of casework, one module a page."""
