"""How one column of a mapping file becomes a rule that makes its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dataframely as dy

from closeout.records.mapping import values
from closeout.records.mapping.codes import CodeList, make_list
from closeout.records.mapping.lines import wrong
from closeout.records.mapping.spec import ColumnMap
from closeout.records.mapping.values import Given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.records.mapping.lines import Place
    from closeout.records.mapping.values import Rule, Step

_SETTINGS = (
    *("from", "join", "value", "number_of", "code_of", "prefix", "empty", "replace", "when_empty"),
    *("date", "edge", "number", "list", "codes", "yes", "no", "code", "weigh_by", "among"),
)
_KINDS = ("date", "number", "list", "codes", "yes", "code")
_MINTS = ("number_of", "code_of")


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads columns with the mapping's code lists at hand."""

    lists: Mapping[str, CodeList]

    def column(self, name: str, declared: dy.Column | None, place: Place) -> ColumnMap:
        """Return where a column's values come from.

        Args:
            name: The column.
            declared: Its declaration; None for a derived column.
            place: What the mapping says: a source's column, settings, or a list of alternatives.

        Raises:
            MappingError: A setting is unknown, missing or wrong.

        """
        if place.is_word:
            return ColumnMap(name, (place.text(),), None, place)
        if not place.is_list:
            return self._one(name, declared, place)
        nested = next((one for one in place.items() if one.is_list), None)
        if nested:
            raise wrong(nested, f"a list of alternatives for {name} holds another list; write one list")
        alternatives = [self.column(name, declared, one) for one in place.items()]
        inputs = tuple(dict.fromkeys(one for made in alternatives for one in made.inputs))
        codes = next((made.codes for made in alternatives if made.codes), None)
        return ColumnMap(name, inputs, _first_of(alternatives, inputs), place, codes)

    def _one(self, name: str, declared: dy.Column | None, place: Place) -> ColumnMap:
        given = place.pairs(_SETTINGS, "setting of a column")
        kinds = [kind for kind in (*_KINDS, *_MINTS, "value") if kind in given]
        if len(kinds) > 1:
            raise wrong(given[kinds[1]], f"`{kinds[0]}:` and `{kinds[1]}:` exclude each other; keep one")
        if "value" in given:
            return self._constant(name, declared, given["value"])
        for mint in _MINTS:
            if mint in given:
                return _minted(name, given, mint, place)
        if "from" not in given:
            raise wrong(place, f"{name} needs `from:`, `value:`, `number_of:` or `code_of:`")
        codes = self._codes(given, declared)
        if "when_empty" in given:
            _check_choice(declared, (given["when_empty"].text(),), given["when_empty"])
        return ColumnMap(
            name=name,
            inputs=given["from"].texts(),
            rule=_rule(given, _step(given, codes, declared), codes),
            place=place,
            codes=codes,
            weigh_by=given["weigh_by"].text() if "weigh_by" in given else "",
            among=given["among"].one_of(("least", "most")) if "among" in given else "",
            as_is=_as_is(given),
        )

    def _constant(self, name: str, declared: dy.Column | None, place: Place) -> ColumnMap:
        text = place.text()
        _check_choice(declared, (text,), place)
        return ColumnMap(name, (), lambda _: Given(text), place)

    def _codes(self, given: dict[str, Place], declared: dy.Column | None) -> CodeList | None:
        if "list" in given:
            known = self.lists[given["list"].one_of(tuple(self.lists))]
            _check_choice(declared, tuple(set(known.by_spelling.values()) - known.outside), given["list"])
            return known
        if "codes" not in given:
            return None
        pairs = given["codes"].pairs()
        _check_choice(declared, tuple(pairs), given["codes"])
        try:
            return make_list(
                given["from"].texts()[0],
                [(code, (one,)) for code, words in pairs.items() for one in words.texts()],
            )
        except ValueError as error:
            raise wrong(given["codes"], str(error)) from error


def _check_choice(declared: dy.Column | None, words: tuple[str, ...], place: Place) -> None:
    if isinstance(declared, dy.Enum):
        for word in words:
            if word not in declared.categories:
                raise wrong(place, f"{word!r} is no choice; it takes {', '.join(declared.categories)}")


def _minted(name: str, given: dict[str, Place], mint: str, place: Place) -> ColumnMap:
    inputs = given[mint].texts()
    if mint == "number_of":
        return ColumnMap(name, inputs, lambda row: Given(values.minted_number(row)), place)
    prefix = given["prefix"].text() if "prefix" in given else ""
    return ColumnMap(name, inputs, lambda row: Given(values.minted_code(row, prefix)), place)


def _step(given: dict[str, Place], codes: CodeList | None, declared: dy.Column | None) -> Step | None:
    """Return what is done to the text, of the one kind of rule that was asked for."""
    if codes:
        return values.coded(codes)
    if "date" in given:
        return _dates(given)
    if "yes" in given:
        words = {word.casefold(): "true" for word in given["yes"].texts()}
        words |= {word.casefold(): "false" for word in (given["no"].texts() if "no" in given else ())}
        return values.yes_no(words)
    if "number" in given and given["number"].yes():
        is_whole = isinstance(declared, dy.Int64)
        return lambda text: values.number(text, is_whole=is_whole)
    if "code" in given and given["code"].yes():
        return values.plain_code
    return None


def _as_is(given: dict[str, Place]) -> str:
    """Return the form of values that the rule leaves alone: most numbers are written plainly."""
    is_number = "number" in given and given["number"].yes() and len(given["from"].texts()) == 1
    return "" if not is_number or "replace" in given or "empty" in given else values.PLAIN_NUMBER


def _dates(given: dict[str, Place]) -> values.DateForm:
    formats = given["date"].texts()
    edge = given["edge"].one_of(("first", "last")) if "edge" in given else ""
    for form in formats:
        if "%" not in form:
            raise wrong(given["date"], f"{form!r} is no date format; write one such as '%m/%d/%Y'")
        if values.needs_edge(form) and not edge:
            raise wrong(given["date"], f"{form!r} names no day; add `edge: first` or `edge: last`")
    return values.DateForm(formats, edge)


def _rule(given: dict[str, Place], step: Step | None, codes: CodeList | None) -> Rule:
    empty = frozenset(given["empty"].texts()) if "empty" in given else frozenset()
    replaced = (
        {old: new.text() for old, new in given["replace"].pairs().items()} if "replace" in given else {}
    )
    default = given["when_empty"].text() if "when_empty" in given else None
    join = (
        values.KEY_PARTS if codes and codes.columns > 1 else given["join"].text() if "join" in given else " "
    )
    keeps_place = codes is not None and codes.columns > 1

    def rule(row: tuple[str | None, ...]) -> Given:
        there = [one or "" for one in row] if keeps_place else [one for one in row if one]
        text = join.join(there)
        if not text.strip(values.KEY_PARTS):
            return Given(default)
        if text in empty:
            return Given(None, is_resolved=False)
        for old, new in replaced.items():
            text = text.replace(old, new)
        found = step(text) if step else text
        shown = text.replace(values.KEY_PARTS, ", ")
        return Given(shown, is_resolved=False) if found is None else Given(found)

    return rule


def _first_of(alternatives: list[ColumnMap], inputs: tuple[str, ...]) -> Rule:
    at = {name: index for index, name in enumerate(inputs)}

    def rule(row: tuple[str | None, ...]) -> Given:
        last = Given(None)
        for made in alternatives:
            own = tuple(row[at[name]] for name in made.inputs)
            found = made.rule(own) if made.rule else Given(own[0])
            if found.is_resolved and found.text is not None:
                return found
            last = found if not found.is_resolved else last
        return last

    return rule
