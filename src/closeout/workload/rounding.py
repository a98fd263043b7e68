"""Whole posts from a need in fractions: rounded once, at the top."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLACK = 1e-9


def whole_posts(need: float) -> int:
    """Return the least whole number of posts that covers a need, in posts.

    A need that is whole but for the last digits of the arithmetic is taken as whole.

    Raises:
        ValueError: The need is negative or no number.

    """
    if not need >= 0 or math.isinf(need):
        msg = f"a need is zero or more, not {need}"
        raise ValueError(msg)
    return math.ceil(need - _SLACK * max(1.0, need))


def largest_remainder(needs: Sequence[float], total: int | None = None) -> tuple[int, ...]:
    """Return whole posts for each part, which add up to the whole's posts (Hamilton's method).

    Rounding each of many offices up by itself gives away most of a post at each: 25 offices that need
    40.98 posts together would be given 53. So the total is rounded once, and each part has the whole
    number under its share, the posts left over going to the largest remainders; of equal remainders,
    to the part listed first.

    Args:
        needs: The need of each part, in posts, zero or more.
        total: The posts to share out; the parts' sum rounded up if left out. When it is not, the
            parts are first scaled to it.

    Returns:
        Whole posts in the order of `needs`. Each is within one of its scaled need.

    Raises:
        ValueError: A need is negative or no number; or posts are to be shared where nothing is needed.

    """
    for need in needs:
        whole_posts(need)
    whole = math.fsum(needs)
    posts = whole_posts(whole) if total is None else total
    if posts < 0 or (posts and not whole):
        msg = f"{posts} posts cannot be shared among parts that need {whole}"
        raise ValueError(msg)
    scale = posts / whole if total is not None and whole else 1.0
    shares = [need * scale for need in needs]
    given = [math.floor(share + _SLACK) for share in shares]
    order = sorted(range(len(shares)), key=lambda part: (given[part] - shares[part], part))
    for part in order[: max(0, posts - sum(given))]:
        given[part] += 1
    return tuple(given)
