"""Closeout: oversight reports in, recommendations followed and closed with evidence."""

__version__ = "0.1.0"
