"""Verifying what somebody brings: a frozen figure, a folder of them, or a letter that names some."""
