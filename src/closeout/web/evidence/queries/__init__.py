"""Reading assessments for pages."""
