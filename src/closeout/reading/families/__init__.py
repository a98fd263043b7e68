"""Families of layouts: each recognizes its documents and reads them."""
