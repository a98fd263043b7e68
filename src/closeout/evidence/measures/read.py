"""Read the measures of a pack: `measures.yaml`. What is wrong is said, each with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.duties.faults import Fault, Faults, PackError
from closeout.duties.fields import Fields
from closeout.duties.marked import Marked, read_marked
from closeout.duties.pack import MEASURES, own_folder
from closeout.duties.terms import near
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable, Statistic
from closeout.evidence.measures.measure import Direction, Link, Measure, Shape, Target
from closeout.evidence.measures.read_duties import TABLE_KEYS, is_short, read_duties, read_source, refuse
from closeout.evidence.measures.read_period import read_period, read_series
from closeout.evidence.measures.read_table import read_table, tables_read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from closeout.duties.clauses import Pack

OWNERS = ("officer", "supervisor", "director", "planner", "audit_liaison", "approver", "program_manager")
"""The roles that can answer for a measure: those of the site that work on its figures."""
_KNOWN = (
    "measure group title section shape unit duties sections statistic over where counts on from to events "
    "sum exposure cluster quantile latest min_n office by source rules period series direction target owner "
    "numerator denominator closes_when recommendations part_of"
)
_SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_WORDS = r"(?s).{3,600}"
_MOST_GROUPS = 22
_LENGTHS = (Shape.MEDIAN, Shape.SURVIVAL)
_UNITS = {Shape.SHARE: r"share", Shape.COUNT: r"count", Shape.RATE: r"per .{2,60}"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a pack declares.

    Attributes:
        measures: Those that are sound, in the order of the file.
        faults: What is wrong with the others, in the order of the file.
        codes: Of all, those with faults too: what links to one of these is no fault of the link.
        short: Those that count a duty which the pack leaves out, and are left out with it, by their codes.

    """

    measures: tuple[Measure, ...]
    faults: tuple[Fault, ...] = ()
    codes: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def load_measures(folder: Path | None, pack: Pack) -> tuple[Measure, ...]:
    """Load the measures of a pack, all of them.

    Args:
        folder: Where the pack's files lie; the pack that comes with Closeout if None.
        pack: The pack, whose duties the measures are over.

    Returns:
        The measures in the order of the file; none where the pack has no `measures.yaml`.

    Raises:
        PackError: With everything that is wrong, each with file and line.

    """
    declared = read_measures(folder, pack)
    if declared.faults:
        raise PackError(declared.faults)
    return declared.measures


def read_measures(folder: Path | None, pack: Pack) -> Declared:
    """Read the measures of a pack; one that is at fault is left out, and the others can be worked out.

    Args:
        folder: As for `load_measures`.
        pack: As there.

    Raises:
        PackError: The file cannot be read, is no list, or there is a fault and none of its measures is sound.

    """
    path = (folder or own_folder()) / MEASURES
    if not path.is_file():
        return Declared(())
    marked = read_marked(path)
    if not isinstance(marked.value, list):
        raise PackError(
            [Fault(path, marked.line, "must be a list of measures, each beginning with `- measure:`")]
        )
    found: list[Measure] = []
    faults = Faults()
    unsound: set[int] = set()
    for item in marked.value:
        own = Faults()
        measure = read_measure(item, pack, path, own)
        faults.found += own.found
        if measure is not None:
            found.append(measure)
            unsound |= {measure.line} if own.found else set()
    unsound |= _repeated(found, faults) | _wrong_parts(found, faults)
    short = {one.line for one in found if is_short(one.definition, pack)} - unsound
    sound = tuple(one for one in found if one.line not in unsound | short)
    if not sound:
        faults.raise_any()
    return Declared(
        sound,
        PackError(faults.found).faults,
        tuple(dict.fromkeys(one.code for one in found)),
        tuple(one.code for one in found if one.line in short),
    )


def without(short: Sequence[str]) -> list[str]:
    """Return a line that names the measures left out with duties that they count; none without any."""
    if not short:
        return []
    many = "1 measure counts" if len(short) == 1 else f"{len(short)} measures count"
    return [
        f"{many} what is left out, and {'is' if len(short) == 1 else 'are'} left out too: {', '.join(short)}"
    ]


def check_measures(folder: Path | None, pack: Pack) -> list[str]:
    """Return what is wrong with the measures of a pack, a line each; none if they are sound."""
    try:
        load_measures(folder, pack)
    except PackError as error:
        return [str(fault) for fault in error.faults]
    return []


def read_measure(marked: Marked, pack: Pack, path: Path, faults: Faults) -> Measure | None:
    """Return one measure.

    Args:
        marked: The measure as it was read.
        pack: The pack.
        path: Its file.
        faults: Where everything that is wrong is noted.

    Returns:
        The measure; None where so much is missing that there is none. It is sound only if no fault was
        noted.

    """
    fields = Fields(marked, path, faults, known=_KNOWN, what="a measure")
    code = fields.word("measure", _SLUG, needed=True)
    said = fields.one_of("shape", [one.value for one in Shape], needed=True)
    if not code or not said:
        return None
    shape = Shape(said)
    over = _over(fields, shape, pack)
    period = read_period(fields)
    _check_time(fields, over, has_period=period is not None)
    return Measure(
        code=code,
        group=_group(fields),
        title=fields.word("title", r".{3,120}", needed=True),
        section=fields.word("section", r"[A-J][0-9]{0,2}", needed=True),
        shape=shape,
        unit=_unit(fields, shape),
        numerator=fields.word("numerator", _WORDS, needed=True),
        denominator=_denominator(fields, shape),
        direction=Direction(
            fields.one_of("direction", [one.value for one in Direction], needed=True) or "up"
        ),
        owner=fields.one_of("owner", list(OWNERS), needed=True),
        closes_when=fields.word("closes_when", _WORDS, needed=True),
        target=_target(fields, shape),
        period=period,
        links=_links(fields),
        duties=() if over is None or isinstance(over, OverTable) else over.duties,
        table=over.table if isinstance(over, OverTable) else "",
        reads=tables_read(over, pack),
        definition=plain(marked),
        path=path,
        line=fields.line,
        over=over,
        min_n=_whole(fields, "min_n", 1) or 1,
        series=read_series(fields, period),
        part_of=fields.word("part_of", _SLUG),
    )


def plain(marked: Marked | None) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what was read without its lines: strings, lists and mappings."""
    value = None if marked is None else marked.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def _over(fields: Fields, shape: Shape, pack: Pack) -> OverDuties | OverTable | OverSource | None:
    if "source" in fields:
        return read_source(fields, pack)
    given = [name for name in ("duties", "sections", "over") if name in fields]
    if len(given) != 1:
        said = " and ".join(f"`{name}`" for name in given) or "none"
        message = f"a measure is over one of `duties`, `sections`, `over` and `source`; this has {said}"
        fields.wrong("measure", message)
        return None
    if given[0] != "over":
        refuse(fields, TABLE_KEYS, f"is for a measure over a table; this one is over `{given[0]}`")
        return read_duties(fields, shape, pack)
    refuse(fields, ("statistic",), "is for a measure over duties")
    return read_table(fields, shape)


def _check_time(fields: Fields, over: object, *, has_period: bool) -> None:
    """Note a measure that has a period and no date to place rows by, or a date of no use."""
    if isinstance(over, OverTable) and has_period and not over.on and "on" not in fields:
        fields.wrong("period", "a `period` needs `on`: the column with the day that places a row in it")
    if isinstance(over, OverDuties):
        needs = over.statistic is Statistic.TIMELINESS
        if needs and not has_period and "period" not in fields:
            fields.wrong("statistic", "`statistic: timeliness` needs `period`: in which duties fell due")
        if not needs and has_period:
            fields.wrong("period", f"`statistic: {over.statistic}` is as of a day; leave `period` out")


def _group(fields: Fields) -> int:
    group = _whole(fields, "group", 1, most=_MOST_GROUPS)
    if "group" not in fields:
        fields.wrong(
            "group", f"a measure needs `group`: its number in the list of measures, 1-{_MOST_GROUPS}"
        )
    return group or 1


def _whole(fields: Fields, key: str, least: int, *, most: int = 1_000_000) -> int | None:
    said = fields.word(key, r"\d{1,7}")
    if not said:
        return None
    if not least <= int(said) <= most:
        fields.wrong(key, f"`{key}: {said}` must be a whole number from {least} to {most:,}")
        return None
    return int(said)


def _unit(fields: Fields, shape: Shape) -> str:
    if shape not in _LENGTHS:
        return fields.word("unit", _UNITS[shape], needed=True)
    return fields.one_of("unit", ["days", "hours"], needed=True)


def _denominator(fields: Fields, shape: Shape) -> str:
    if shape is Shape.COUNT:
        if "denominator" in fields:
            fields.wrong("denominator", "a count has no denominator; leave it out, or write `shape: share`")
        return ""
    return fields.word("denominator", _WORDS, needed=True)


def _target(fields: Fields, shape: Shape) -> Target | None:
    marked = fields.raw("target")
    if marked is None:
        return None
    inner = Fields(marked, fields.path, fields.faults, known="value basis made_up", what="`target`")
    said = inner.word("value", r"\d{1,9}(\.\d{1,9})?", needed=True)
    basis, is_made_up = inner.word("basis"), inner.claim("made_up")
    if not basis and not is_made_up:
        inner.wrong("basis", "`target` gives neither a `basis` nor `made_up: true`; say where it is from")
    if not said:
        return None
    if shape is Shape.SHARE and float(said) > 1:
        inner.wrong("value", f"`value: {said}` lies outside 0 to 1; a share of 95 % is 0.95")
        return None
    return Target(float(said), basis, is_made_up)


def _links(fields: Fields) -> tuple[Link, ...]:
    marked = fields.raw("recommendations")
    if marked is None:
        return ()
    if not isinstance(marked.value, list):
        fields.wrong(
            "recommendations", "`recommendations` must be a list like [{report: OIG-17-51, number: 2}]"
        )
        return ()
    links = []
    for item in marked.value:
        inner = Fields(
            item, fields.path, fields.faults, known="report number covers", what="a recommendation"
        )
        report, number = (
            inner.word("report", needed=True),
            inner.word("number", r"[\w.()-]{1,20}", needed=True),
        )
        covers = tuple(words for words, _ in inner.words("covers"))
        links.append(Link(report, number, item.line, covers))
    keys = [(link.report, link.number) for link in links]
    for link in links:
        if keys.count((link.report, link.number)) > 1:
            message = f"{link.report} number {link.number} is named twice; keep one"
            fields.faults.add(fields.path, link.line, message)
    return tuple(links)


def _repeated(measures: list[Measure], faults: Faults) -> set[int]:
    """Return the lines of measures whose code is taken, each noted."""
    seen: dict[str, Measure] = {}
    found = set()
    for measure in measures:
        first = seen.setdefault(measure.code, measure)
        if first is not measure and measure.path is not None:
            message = f"`{measure.code}` is a measure already, at line {first.line}; name one differently"
            faults.add(measure.path, measure.line, message)
            found.add(measure.line)
    return found


def _wrong_parts(measures: list[Measure], faults: Faults) -> set[int]:
    """Return the lines of parts of no measure, and of chains that come round; each is noted once."""
    whole = {measure.code: measure.part_of for measure in measures}
    found, circles = set(), set()
    for measure in measures:
        if not measure.part_of or measure.path is None:
            continue
        if measure.part_of not in whole:
            hint = near(measure.part_of, list(whole))
            faults.add(measure.path, measure.line, f"`part_of: {measure.part_of}` is no measure.{hint}")
            found.add(measure.line)
            continue
        chain = [measure.code]
        while whole.get(chain[-1]) and whole[chain[-1]] not in chain:
            chain.append(whole[chain[-1]])
        if whole.get(chain[-1]) == measure.code:
            found.add(measure.line)
            if frozenset(chain) not in circles:
                circles.add(frozenset(chain))
                said = " -> ".join([*chain, measure.code])
                message = f"`part_of` goes round in a circle: {said}; leave one out"
                faults.add(measure.path, measure.line, message)
    return found
