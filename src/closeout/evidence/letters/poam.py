"""Open recommendations as a plan of action and milestones in OSCAL (NIST), for systems that track findings.

One item a recommendation that the auditor has not closed, with a finding (what was asked), an observation
for each measure and a risk that carries the promised dates. Every identifier is made of the recommendation's
key, so that the same register always gives the same file and systems see what is new.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from closeout import __version__
from closeout.evidence.letters.closeout import status_words
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.words import figure_words, fuzzy_words, seen
from closeout.evidence.wording import span, target, verdict
from closeout.followup.promises import Outcome
from closeout.reading.model import PromiseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.evidence.letters.dossier import Dossier, FrozenItem
    from closeout.evidence.measures.measure import Measured
    from closeout.followup.promises import LedgerLine

OSCAL_VERSION = "1.2.3"
NAMESPACE = UUID("8b1f4a52-5d0e-5c1c-9a68-3f6f0d7c2a11")
"""Fixed for ever: every identifier is a version 5 UUID in it."""
PROPERTIES = "https://closeout.example/ns/oscal"
_TOKEN = re.compile(r"[^0-9A-Za-z._-]+")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def poam_json(dossiers: Sequence[Dossier], *, sources: dict[str, Any] | None = None) -> bytes:
    """Return the plan of action and milestones as JSON (UTF-8).

    Args:
        dossiers: Of one assessment; those of closed recommendations are left out.
        sources: What was read.

    Raises:
        LetterError: None of the recommendations is open: OSCAL has no empty plan.

    """
    return json.dumps(poam(dossiers, sources=sources), ensure_ascii=False, indent=1).encode() + b"\n"


def poam(dossiers: Sequence[Dossier], *, sources: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the plan as JSON values; see `poam_json`."""
    still_open = [each for each in dossiers if not each.is_closed]
    if not still_open:
        msg = "no recommendation is open, and a plan of action and milestones needs at least one item"
        raise LetterError(msg)
    measured = {each.measure.code: each for dossier in still_open for each in dossier.measured}
    frozen = {_resource(item): item for dossier in still_open for item in dossier.frozen}
    first = still_open[0]
    body: dict[str, Any] = {
        "uuid": _uuid("poam", first.agency, first.as_of.isoformat()),
        "metadata": _metadata(first),
        "system-id": {"id": _text(first.agency)},
    }
    if measured:
        body["observations"] = [_observation(each, frozen.values(), first) for each in measured.values()]
    body["risks"] = [_risk(each) for each in still_open]
    body["findings"] = [_finding(each) for each in still_open]
    body["poam-items"] = [_item(each) for each in still_open]
    resources = [*map(_frozen_resource, frozen.values()), *_source_resources(sources or first.sources or {})]
    if resources:
        body["back-matter"] = {"resources": resources}
    return {"plan-of-action-and-milestones": body}


def _metadata(first: Dossier) -> dict[str, Any]:
    return {
        "title": _line(f"Plan of action and milestones of {first.agency}, as of {first.as_of}"),
        "last-modified": _moment(first.as_of),
        "version": first.as_of.isoformat(),
        "oscal-version": OSCAL_VERSION,
        "props": [_property("generator", f"Closeout {__version__}")],
        "roles": [{"id": "respondent", "title": "Agency that answers the recommendations"}],
        "parties": [
            {"uuid": _agency(first), "type": "organization", "name": _text(first.agency)},
        ],
        "responsible-parties": [{"role-id": "respondent", "party-uuids": [_agency(first)]}],
        "remarks": _lines(
            "Draft, not approved by anybody. Figures are those of measures over the agency's records; counts "
            "from 1 to 10 are not shown, nor what would let them be worked out. What is not assessed is not "
            "done."
        ),
    }


def _item(dossier: Dossier) -> dict[str, Any]:
    followed = dossier.followed
    return {
        "uuid": _uuid("item", dossier.key),
        "title": _line(_title(dossier)),
        "description": _lines(followed.entry.text or "The words are not in the documents read."),
        "props": [
            _property("recommendation-key", dossier.key),
            _property("auditor-status", status_words(dossier)),
            _property("is-overdue", "yes" if followed.ledger.overdue else "no"),
        ],
        "origins": [{"actors": [{"type": "party", "actor-uuid": _agency(dossier)}]}],
        "related-findings": [{"finding-uuid": _uuid("finding", dossier.key)}],
        **_related(dossier),
        "related-risks": [{"risk-uuid": _uuid("risk", dossier.key)}],
        "remarks": _lines("; ".join(dossier.gaps) or "Nothing is known to be missing."),
    }


def _finding(dossier: Dossier) -> dict[str, Any]:
    needs = [f"Needed to close: {need.text} ({need.place})" for need in dossier.needs]
    said = "; ".join(needs) or "The documents read do not say what is needed to close it."
    return {
        "uuid": _uuid("finding", dossier.key),
        "title": _line(_title(dossier)),
        "description": _lines(said),
        "target": {
            "type": "objective-id",
            "target-id": _token(dossier.key),
            "status": {
                "state": "not-satisfied",
                "remarks": _lines(dossier.verdict or "not assessed"),
            },
        },
        **_related(dossier),
        "related-risks": [{"risk-uuid": _uuid("risk", dossier.key)}],
    }


def _related(dossier: Dossier) -> dict[str, Any]:
    found = [{"observation-uuid": _uuid("observation", each.measure.code)} for each in dossier.measured]
    return {"related-observations": found} if found else {}


def _observation(each: Measured, frozen: Any, first: Dossier) -> dict[str, Any]:  # noqa: ANN401 - a view of items
    measure, total = each.measure, each.total
    said = figure_words(total.figure, measure)
    evidence = [
        {
            "href": f"#{_resource(item)}",
            "description": _lines(
                f"Frozen result of {item.title or measure.title}, true of {item.effective_on}"
            ),
        }
        for item in frozen
        if measure.code in {item.measure, *item.under}
    ]
    return {
        "uuid": _uuid("observation", measure.code),
        "title": _line(measure.title),
        "description": _lines(
            f"{measure.title}, {span(total.since, total.until)}: {said}. Target: {target(measure)}. "
            f"Result: {verdict(total)}."
        ),
        "props": [_property("measure", measure.code)],
        "methods": ["EXAMINE"],
        "types": ["finding"],
        "origins": [{"actors": [{"type": "party", "actor-uuid": _agency(first)}]}],
        **({"relevant-evidence": evidence} if evidence else {}),
        "collected": _moment(each.as_of),
    }


def _risk(dossier: Dossier) -> dict[str, Any]:
    made: dict[str, Any] = {
        "uuid": _uuid("risk", dossier.key),
        "title": _line(f"{_title(dossier)} stays open"),
        "description": _lines(dossier.verdict or "What the records show is not assessed."),
        "statement": _lines(dossier.followed.entry.text or "The words are not in the documents read."),
        "status": "deviation-requested" if dossier.followed.will_not_be_done else "open",
    }
    newest = dossier.ledger.standing_completion
    if newest is not None:
        made["deadline"] = _moment(newest.due.latest)
    if responses := list(_responses(dossier)):
        made["remediations"] = responses
    return made | _related(dossier)


def _responses(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Yield one response with the promised dates as its milestones."""
    lines = dossier.ledger.lines
    if not lines:
        return
    is_kept = all(line.outcome is Outcome.KEPT for line in lines)
    yield {
        "uuid": _uuid("response", dossier.key),
        "lifecycle": "completed" if is_kept else "planned",
        "title": _line(f"What was promised about {_title(dossier)}"),
        "description": "Dates as the documents print them; each with what became of it.",
        "tasks": [_task(line, place, dossier) for place, line in enumerate(lines)],
    }


def _task(line: LedgerLine, place: int, dossier: Dossier) -> dict[str, Any]:
    what = line.what or ("completion" if line.kind is PromiseKind.COMPLETION else line.kind.value)
    slip = f", {line.slip_days} days late" if line.slip_days is not None else ""
    told = " Told by news only." if line.is_second_hand else ""
    return {
        "uuid": _uuid("task", dossier.key, str(place), line.kind.value, line.due.edtf, line.by),
        "type": "milestone",
        "title": _line(what),
        "description": _lines(
            f"Promised by {line.by or 'the respondent'} for {fuzzy_words(line.due)}: "
            f"{line.outcome.value}{slip}.{told}"
        ),
        "timing": {"on-date": {"date": _moment(line.due.latest)}},
    }


def _frozen_resource(item: FrozenItem) -> dict[str, Any]:
    snapshot = item.snapshot_sha256 or "not kept"
    said = f"Frozen {item.frozen_at}; true of {item.effective_on}. Snapshot: {snapshot}."
    hashes = [{"algorithm": "SHA-256", "value": item.result_sha256}]
    links = [{"href": _href(item.path), "media-type": "application/json", "hashes": hashes}]
    return {
        "uuid": _resource(item),
        "title": _line(f"Frozen result of {item.title or item.measure}"),
        "description": _lines(said),
        "props": [_property("result-sha256", item.result_sha256)],
        **({"rlinks": links} if item.path else {}),
    }


def _source_resources(sources: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - an assessment's own mapping
    """Yield the documents that were read, each with its digest."""
    for one in sources.get("documents") or ():
        digest, path = str(one.get("sha256", "")), str(one.get("path", ""))
        if not digest or not path:
            continue
        yield {
            "uuid": _uuid("document", digest, path),
            "title": _line(path),
            "rlinks": [{"href": _href(path), "hashes": [{"algorithm": "SHA-256", "value": digest}]}],
        }


def _title(dossier: Dossier) -> str:
    return dossier.name[0].upper() + dossier.name[1:]


def _uuid(*parts: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(parts)))


def _agency(dossier: Dossier) -> str:
    return _uuid("agency", dossier.agency)


def _resource(item: FrozenItem) -> str:
    return _uuid("frozen", item.measure, item.result_sha256)


def _moment(day: date) -> str:
    return datetime.combine(day, time(), tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": PROPERTIES, "value": _text(value)}


def _text(text: str) -> str:
    """Return words as OSCAL's plain text: one line, not empty, no blanks at its ends."""
    return " ".join(seen(text).split()) or "not stated"


def _line(text: str) -> str:
    """Return words as one line of Markdown that shows them as they are."""
    return _MARKUP.sub(r"\\\1", _text(text))


def _lines(text: str) -> str:
    return _line(text)


def _token(text: str) -> str:
    """Return words as a name that OSCAL takes: letters, digits, `.`, `_` and `-`, no digit first."""
    return f"r-{_TOKEN.sub('-', text).strip('-')}"


def _href(path: str) -> str:
    """Return a path as a reference in which every character may stand."""
    return re.sub(r"[^0-9A-Za-z._~/-]", lambda found: _percent(found.group()), path)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
