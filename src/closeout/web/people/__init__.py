"""People and roles: the permission table for all to see, and accounts for the administrator."""
