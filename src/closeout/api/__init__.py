"""REST API: the same permissions and actions as the pages."""
