"""Full-text search over the register, alike on SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.web.recommendations.models.register import RecommendationQuerySet

_MOST_TERMS = 32
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_SQLITE = "SELECT rowid FROM recommendations_search WHERE recommendations_search MATCH %s"
_POSTGRESQL = "SELECT recommendations_found(%s)"


def searchable(texts: Iterable[str]) -> str:
    """Return texts as plain words, so that both databases split "OIG-17-51" alike."""
    return " ".join(word for text in texts for word in _WORD.findall(text.casefold()))


def search(recommendations: RecommendationQuerySet, words: str) -> RecommendationQuerySet:
    """Keep the recommendations in whose report, text, or narrative all the words stand.

    Words are compared by their stems; the last one may be unfinished; words in double quotes
    must follow one another. Anything else a person types (operators, wildcards, quotes without
    a partner) is taken as plain words or left out, so no input is an error. No words leave the
    queryset as it is; input without a single letter or digit finds nothing.
    """
    if not words.strip():
        return recommendations
    phrases = _phrases(words)
    if not phrases:
        return recommendations.none()
    if connections[recommendations.db].vendor == "postgresql":
        sql, query = _POSTGRESQL, _to_tsquery(phrases)
    else:
        sql, query = _SQLITE, _to_fts5(phrases)
    return recommendations.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 - the words are a parameter


def _phrases(words: str) -> list[list[str]]:
    """Return what must be found: runs of words, a single word being a run of one.

    A word with marks inside ("OIG-17-51", "non-detained") is a run too.
    """
    runs = [_WORD.findall((quoted or plain).casefold()) for quoted, plain in _TERM.findall(words)]
    return [run for run in runs if run][:_MOST_TERMS]


def _to_fts5(phrases: list[list[str]]) -> str:
    terms = ['"' + " ".join(run) + '"' for run in phrases]
    return " ".join(terms) + "*"


def _to_tsquery(phrases: list[list[str]]) -> str:
    terms = ["(" + " <-> ".join(f"'{word}'" for word in run) + ")" for run in phrases]
    return " & ".join(terms).removesuffix(")") + ":*)"
