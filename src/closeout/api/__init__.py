"""REST API, version 1: the same permissions, queries and actions as the pages."""
