"""Codes in plain words."""


def plain(code: str) -> str:
    """Return a code in plain words: `check_ins` is "check ins"."""
    return code.replace("_", " ").replace("-", " ")
