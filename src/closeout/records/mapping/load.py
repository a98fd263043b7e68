"""A mapping file, read and checked against the declared tables before any data is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.records.mapping.codes import CodeList, csv_spellings, make_list
from closeout.records.mapping.columns import ColumnReader
from closeout.records.mapping.lines import MappingError, Place, read_lines, wrong
from closeout.records.mapping.spec import Form, LeftOut, OneEach, Source, TableMap, Unpivot
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

_FILE = ("title", "lists", "sources")
_LIST = ("file", "code", "names", "aliases", "together", "codes", "prefixes", "outside", "into", "optional")
_FORM = ("delimiter", "encoding", "skip_lines", "skip_initial_space")
_SOURCE = ("file", *_FORM, "derive", "drop", "tables")
_TABLE = ("columns", "leave_out", "one_each", "unpivot")
_LEAVE_OUT = ("reason", "when", "unless")
_UNPIVOT = ("columns", "into", "values")
_ONE_EACH = ("last_by", "reason")


@dataclass(frozen=True, slots=True)
class _File:
    """A mapping file under reading."""

    path: Path
    lists: dict[str, CodeList]
    beside: Path | None


def read_sources(path: Path, beside: Path | None = None) -> tuple[Source, ...]:
    """Return what a mapping file says of each source.

    Args:
        path: The mapping file.
        beside: The folder of the data, where a code list may lie, too.

    Raises:
        MappingError: It cannot be read, or names what is not there; says file and line.

    """
    top = read_lines(path).pairs(_FILE, "part of a mapping")
    file = _File(path, {}, beside)
    for name, place in (top["lists"].pairs() if "lists" in top else {}).items():
        file.lists[name] = _code_list(file, name, place)
    if "sources" not in top:
        msg = f"{path.name}, line 1: `sources:` is missing; it lists the files and what becomes of them"
        raise MappingError(msg)
    return tuple(_source(file, place) for place in top["sources"].items())


def _code_list(file: _File, name: str, place: Place) -> CodeList:
    given = place.pairs(_LIST, "setting of a list")
    pairs = _from_csv(file, name, given) if "file" in given else []
    if "into" in given:
        known = file.lists[given["into"].one_of(tuple(file.lists))]
        pairs = [(found, spelling) for code, spelling in pairs if (found := known.code((code,)))]
    if "codes" in given:
        pairs += spellings(given["codes"])
    try:
        return make_list(
            name,
            pairs,
            prefixes=given["prefixes"].texts() if "prefixes" in given else (),
            outside=given["outside"].texts() if "outside" in given else (),
        )
    except ValueError as error:
        raise wrong(place, f"the list {name!r}: {error}") from error


def _from_csv(file: _File, name: str, given: dict[str, Place]) -> list[tuple[str, tuple[str, ...]]]:
    path = _beside(file, given["file"].text())
    if path is None and "optional" in given and given["optional"].yes():
        return []
    try:
        return csv_spellings(
            path or file.path.parent / given["file"].text(),
            code=given["code"].text() if "code" in given else "code",
            names=given["names"].texts() if "names" in given else (),
            aliases=given["aliases"].text() if "aliases" in given else "",
            together="together" in given and given["together"].yes(),
        )
    except (OSError, ValueError) as error:
        raise wrong(given["file"], f"the list {name!r} cannot be read: {error}") from error


def _beside(file: _File, name: str) -> Path | None:
    """Return where a list's file lies: beside the mapping, or anywhere in the folder of the data."""
    own = file.path.parent / name
    if own.is_file():
        return own
    return next(iter(sorted(file.beside.rglob(name))), None) if file.beside else None


def spellings(place: Place) -> list[tuple[str, tuple[str, ...]]]:
    """Return the pairs of code and spelling of `code: [spelling, …]`; a code spells itself."""
    return [
        (code, (one,))
        for code, words in place.pairs().items()
        for one in dict.fromkeys((code, *words.texts()))
    ]


def _source(file: _File, place: Place) -> Source:
    given = place.pairs(_SOURCE, "setting of a source")
    for needed in ("file", "tables"):
        if needed not in given:
            raise wrong(place, f"a source needs `{needed}:`")
    reader = ColumnReader(file.lists)
    derived = given["derive"].pairs() if "derive" in given else {}
    return Source(
        pattern=given["file"].text(),
        form=_form(given),
        derived=tuple(reader.column(name, None, one) for name, one in derived.items()),
        dropped=_dropped(given["drop"]) if "drop" in given else (),
        tables=tuple(
            _table(reader, name, one)
            for name, places in given["tables"].pairs(TABLES, "table").items()
            for one in places.items()
        ),
        place=place,
    )


def _form(given: dict[str, Place]) -> Form:
    plain = Form()
    return Form(
        delimiter=given["delimiter"].text() if "delimiter" in given else plain.delimiter,
        encoding=given["encoding"].text() if "encoding" in given else plain.encoding,
        skip_lines=given["skip_lines"].whole() if "skip_lines" in given else plain.skip_lines,
        skip_initial_space="skip_initial_space" in given and given["skip_initial_space"].yes(),
    )


def _dropped(place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((column, reason) for reason, words in place.pairs().items() for column in words.texts())


def _table(reader: ColumnReader, name: str, place: Place) -> TableMap:
    given = place.pairs(_TABLE, "setting of a table")
    if "columns" not in given:
        raise wrong(place, f"{name} needs `columns:`")
    declared = TABLES[name].columns()
    columns = given["columns"].pairs(declared, f"column of {name}")
    missing = [one for one, made in declared.items() if one not in columns and not made.nullable]
    if missing:
        raise wrong(given["columns"], f"{name}.{missing[0]} may not be empty; say where it comes from")
    return TableMap(
        table=name,
        columns=tuple(reader.column(one, declared[one], where) for one, where in columns.items()),
        left_out=tuple(_left_out(one) for one in given["leave_out"].items()) if "leave_out" in given else (),
        one_each=_one_each(given["one_each"]) if "one_each" in given else None,
        unpivot=_unpivot(given["unpivot"]) if "unpivot" in given else None,
        place=place,
    )


def _left_out(place: Place) -> LeftOut:
    given = place.pairs(_LEAVE_OUT, "setting of a row filter")
    if "reason" not in given or ("when" in given) == ("unless" in given):
        raise wrong(place, "rows are left out with `reason:` and either `when:` or `unless:`")
    where = given["unless" if "unless" in given else "when"]
    return LeftOut(
        reason=given["reason"].text(),
        where=tuple((column, words.texts()) for column, words in where.pairs().items()),
        is_unless="unless" in given,
        place=place,
    )


def _one_each(place: Place) -> OneEach:
    given = place.pairs(_ONE_EACH, "setting of one_each")
    if "reason" not in given:
        raise wrong(place, "`one_each:` needs `reason:`, which says why the other rows are left out")
    return OneEach(given["last_by"].text() if "last_by" in given else "", given["reason"].text())


def _unpivot(place: Place) -> Unpivot:
    given = place.pairs(_UNPIVOT, "setting of unpivot")
    for needed in _UNPIVOT:
        if needed not in given:
            raise wrong(place, f"`unpivot:` needs `{needed}:`")
    return Unpivot(given["columns"].texts(), given["into"].text(), given["values"].text(), place)
