"""What the auditor said is needed to close, and which evidence covers each need."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key
from closeout.reading.model import StatementKind
from closeout.web.recommendations.facts import homes
from closeout.web.recommendations.models import EvidenceCover, EvidenceState, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Need:
    """One thing the auditor needs, however many captures print it.

    Attributes:
        statement: Where it stands; of several places the one read last.
        statement_ids: All places, by id.
        evidence_ids: The evidence put forward for it.
        is_covered: Whether a piece of it has been accepted by a second person.

    """

    statement: Statement
    statement_ids: list[int] = field(default_factory=list)
    evidence_ids: list[int] = field(default_factory=list)
    is_covered: bool = False

    @property
    def text(self) -> str:
        """Return the auditor's words."""
        return self.statement.text


def needs_of(recommendation_ids: Iterable[int]) -> dict[int, list[Need]]:
    """Return the needs of each recommendation, in the order of the documents.

    Only what the newest capture of a document says counts; the same words in two documents
    are one need.
    """
    home = homes(list(recommendation_ids))
    rows = (
        Statement.objects.filter(
            recommendation__in=list(home),
            kind=StatementKind.NEED,
            is_current=True,
            capture__is_newest=True,
            capture__is_secondary=False,
        )
        .select_related("capture__document")
        .defer("capture__text", "capture__reading")
        .order_by("capture__got_at", "capture", "start", "pk")
    )
    found: defaultdict[int, dict[str, Need]] = defaultdict(dict)
    for row in rows:
        if row.recommendation_id is None:
            continue
        need = found[home[row.recommendation_id]].setdefault(fold_key(row.text), Need(row))
        need.statement = row
        need.statement_ids.append(row.pk)
    _add_covers(
        {pk: need for needs in found.values() for need in needs.values() for pk in need.statement_ids}
    )
    return {pk: list(found[pk].values()) for pk in home if home[pk] == pk}


def _add_covers(by_statement: dict[int, Need]) -> None:
    covers = EvidenceCover.objects.filter(need__in=list(by_statement)).order_by("pk")
    accepted = set(
        EvidenceCover.objects.filter(
            need__in=list(by_statement), evidence__revisions__state=EvidenceState.ACCEPTED
        ).values_list("evidence", flat=True)
    )
    for cover in covers:
        need = by_statement[cover.need_id]
        if cover.evidence_id not in need.evidence_ids:
            need.evidence_ids.append(cover.evidence_id)
        need.is_covered = need.is_covered or cover.evidence_id in accepted
