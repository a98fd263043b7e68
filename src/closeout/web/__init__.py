"""The Django site: one app per room."""
