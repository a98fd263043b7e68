"""A p-value in words."""

from __future__ import annotations


def p_words(p: float, digits: int = 4) -> str:
    """Return a p-value as it is printed: `p = 0.0378`, `p < 0.0001`, `p > 0.9999`, `p = 1`.

    A p-value of no chance at all would say more than any test shows.

    Args:
        p: The p-value, 0 to 1.
        digits: How many decimals are printed.

    """
    if p >= 1.0:
        return "p = 1"
    said = f"{p:.{digits}f}"
    if float(said) == 0.0:
        return f"p < {10.0**-digits:.{digits}f}"
    if float(said) == 1.0:
        return f"p > {1 - 10.0**-digits:.{digits}f}"
    return f"p = {said}"
