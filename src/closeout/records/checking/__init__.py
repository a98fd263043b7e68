"""Checking an agency's tables: every row read is accepted, or kept apart with its reasons."""
