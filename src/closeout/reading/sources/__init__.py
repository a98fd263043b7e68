"""Formats of files: the only modules that open one."""
