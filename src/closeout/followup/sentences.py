"""What one narrative says that an earlier one did not, sentence by sentence."""

from __future__ import annotations

from collections import Counter

from closeout.reading.fold import fold_key, fold_space
from closeout.reading.statements.placeholder import is_placeholder
from closeout.reading.statements.sentences import split_sentences


def gained_sentences(before: str, after: str) -> tuple[str, ...]:
    """Return the sentences of `after` that `before` has not, or has fewer times, in order.

    Printing makes no difference: case, quotes, dashes, hyphens and punctuation do not count. A
    placeholder, which only says that there is nothing to say yet, is no gain.
    """
    known = Counter(fold_key(sentence) for sentence in _sentences(before))
    gained = []
    for sentence in _sentences(after):
        key = fold_key(sentence)
        if known[key] > 0:
            known[key] -= 1
        elif key and not is_placeholder(sentence):
            gained.append(sentence)
    return tuple(gained)


def _sentences(text: str) -> list[str]:
    return [fold_space(text[each.start : each.end]) for each in split_sentences(text)]
