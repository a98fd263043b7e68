"""The closeout letter as a Word file, from a template that an agency may replace."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from closeout.evidence.letters import closeout
from closeout.evidence.letters.errors import TemplateError
from closeout.evidence.letters.paper import Grid, Points, Words
from closeout.evidence.letters.word import LANGUAGE, saved
from closeout.evidence.letters.words import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping, Sequence
    from datetime import date
    from pathlib import Path

    from jinja2 import Template, nodes

    from closeout.evidence.letters.dossier import Dossier
    from closeout.evidence.letters.paper import Block

TEMPLATE = "closeout.docx"
FIELDS: Mapping[str, str] = {
    "title": "The subject: a request to close, or a report of the status.",
    "notice": "That it is a draft.",
    "agency": "The agency.",
    "facts": "The reference lines: `name` and `value` of each.",
    "salutation": "How it begins.",
    "opening": "Its first paragraphs.",
    "text": "The recommendation's words.",
    "needs": "What the auditor needs: `text`, `place`, `covered`, `by` of each.",
    "needs_said": "Their count, or that the documents name none.",
    "measures": "`title`, `period`, `figure`, `target`, `result` of each.",
    "measures_said": "Their count, or that none is linked.",
    "promises": "`due`, `what`, `by`, `said_on`, `became` of each; may be none.",
    "promises_said": "Their count and how many were missed.",
    "frozen": "`title`, `effective_on`, `frozen_on`, `result_sha256` of each.",
    "frozen_said": "Their count, or that there is none.",
    "snapshot": "Which snapshot of the records they rest on.",
    "gaps": "What is still missing, a sentence each; may be none.",
    "gaps_said": "That nothing is known to be missing; empty where something is.",
    "closing": "Its last paragraphs.",
    "signature": "The lines of the signature block, all of them placeholders.",
    "about": "As-of date, sources, intervals, suppression and what is not covered, a sentence or two each.",
    "as_of": "The day of the figures.",
}
"""What a template may use."""
NEEDED = ("title", "notice", "text", "needs", "measures", "gaps", "about")
"""What a template must use, so that no letter leaves out what an auditor has to be told."""
_ROWS = {
    "needs": ("text", "place", "covered", "by"),
    "measures": ("title", "period", "figure", "target", "result"),
    "promises": ("due", "what", "by", "said_on", "became"),
    "frozen": ("title", "effective_on", "frozen_on", "result_sha256"),
}
_MOST_PARTS, _MOST_TEMPLATES = 200, 20
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def closeout_letter_docx(dossier: Dossier, template: Path | None = None) -> bytes:
    """Return the letter as a Word file.

    Args:
        dossier: What it tells of.
        template: An agency's own template; the one that comes with Closeout if None.

    Raises:
        TemplateError: The template is no Word document, lacks a field that every letter needs, or uses one
            that there is not.

    """
    return filled(fields(dossier), dossier.as_of, template)


def filled(given: Mapping[str, Any], day: date, template: Path | None = None) -> bytes:
    """Return the letter as a Word file from its fields; see `closeout_letter_docx`.

    Args:
        given: What a template can use (`fields`).
        day: The day of the figures, which the file is dated by.
        template: An agency's own template.

    Raises:
        TemplateError: As there.

    """
    name = str(template) if template else TEMPLATE
    data = _read(template) if template else _own_template()
    word = _opened(data, name)
    try:
        _check(_used(data), name)
        word.render(dict(given), jinja_env=_sandbox())
    except (UndefinedError, TemplateSyntaxError, SecurityError) as error:
        raise TemplateError(_told(error, name)) from error
    core = word.docx.core_properties
    core.title, core.author, core.language = given["title"], given["agency"], LANGUAGE
    return saved(word.docx, day)


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        msg = f"the template {template} cannot be read: {error.strerror}"
        raise TemplateError(msg) from error


def fields(dossier: Dossier) -> dict[str, Any]:
    """Return what a template can use: texts, lists of texts, and lists of rows."""
    letter = closeout.closeout_letter(dossier)
    tables = {
        "needs": closeout.needs_blocks(dossier),
        "measures": closeout.measures_blocks(dossier),
        "promises": closeout.promises_blocks(dossier),
        "frozen": closeout.frozen_blocks(dossier),
    }
    told: dict[str, Any] = {
        "title": letter.title,
        "notice": letter.notice,
        "agency": letter.agency,
        "facts": [{"name": name, "value": value} for name, value in letter.facts],
        "salutation": letter.salutation,
        "opening": _paragraphs(closeout.opening(dossier)),
        "text": dossier.followed.entry.text or closeout.NO_WORDS,
        "gaps": [item for block in closeout.gap_blocks(dossier) for item in _points(block)],
        "gaps_said": " ".join(_paragraphs(closeout.gap_blocks(dossier))),
        "snapshot": closeout.snapshot_words(dossier) if dossier.frozen else "",
        "closing": _paragraphs(closeout.closing(dossier)),
        "signature": list(letter.signature),
        "about": list(letter.about),
        "as_of": dict(letter.facts)["Figures as of"],
    }
    for name, blocks in tables.items():
        told |= _rows(name, list(blocks))
    clean: dict[str, Any] = _cleaned(told)
    return clean


def _rows(name: str, blocks: Sequence[Block]) -> dict[str, Any]:
    grid = next((block for block in blocks if isinstance(block, Grid)), None)
    if grid is None:
        return {name: [], f"{name}_said": " ".join(_paragraphs(blocks))}
    rows = [dict(zip(_ROWS[name], row, strict=True)) for row in grid.rows]
    return {name: rows, f"{name}_said": grid.caption}


def _paragraphs(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Words)]


def _points(block: Block) -> tuple[str, ...]:
    return block.items if isinstance(block, Points) else ()


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - texts, lists and rows of them
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value]


@cache
def _own_template() -> bytes:
    return resources.files("closeout.evidence.letters").joinpath("templates", TEMPLATE).read_bytes()


def _opened(data: bytes, name: str) -> DocxTemplate:
    word = DocxTemplate(BytesIO(data))
    try:
        word.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        msg = f"{name} is no Word document (.docx); save the template as one"
        raise TemplateError(msg) from error
    return word


class Sandbox(ImmutableSandboxedEnvironment):
    """Where a template runs: it can show what it is given, and can call and change nothing else.

    The parts of a template are compiled once, not for every letter.
    """

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the base class names it so
        template_class: type[Template] | None = None,
    ) -> Template:
        """Return a template compiled from its source, the same one for the same source."""
        if isinstance(source, str) and globals is None and template_class is None:
            return self._once(source)
        return super().from_string(source, globals, template_class)

    @lru_cache(maxsize=_MOST_PARTS)  # noqa: B019 - there is one sandbox, kept for ever
    def _once(self, source: str) -> Template:
        return super().from_string(source)


@cache
def _sandbox() -> Sandbox:
    return Sandbox(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=_MOST_TEMPLATES)
def _used(data: bytes) -> frozenset[str]:
    """Return the fields that a template uses."""
    return frozenset(DocxTemplate(BytesIO(data)).get_undeclared_template_variables())


def _check(used: frozenset[str], name: str) -> None:
    faults = []
    if unknown := sorted(used - FIELDS.keys()):
        faults.append(f"uses {_listed(unknown)}, which no letter has (there are {', '.join(FIELDS)})")
    if lacking := [field for field in NEEDED if field not in used]:
        faults.append(f"lacks {_listed(lacking)}, which every letter must show")
    if faults:
        msg = f"{name} {'; it '.join(faults)}"
        raise TemplateError(msg)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)


def _told(error: Exception, name: str) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{name} cannot be read as a template: {error.message}"
    found = _UNDEFINED.search(str(error))
    field = next((each for each in found.groups() if each), "") if found else str(error)
    rows = "; ".join(f"{table}: {', '.join(names)}" for table, names in _ROWS.items())
    return f"{name} uses the field {field!r}, which its rows do not have ({rows})"
