"""Verdicts that count people, as they may leave the agency: small counts not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from closeout.evidence.suppression import NOT_SHOWN, Counts, Sum, withhold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.evidence.verdicts.reviews import Reviews
    from closeout.evidence.verdicts.training import OfficeTraining, Training

_TRAINING = ("audience", "exempt", "recorded", "with_evidence", "exceptions")
_DEFECTS = ("reviews", "items", "defects")
_AGREED = ("n", "agreed")
_EVERY = "ALL"


class _Place(NamedTuple):
    """One count: of which requirement, basis or item, in which office or column."""

    of: str
    office: str
    column: str


class _Cells:
    """Counts as they are gathered, with how they add up."""

    def __init__(self) -> None:
        self.cells: dict[_Place, int] = {}
        self.sums: list[Sum[_Place]] = []
        self.unseen: set[_Place] = set()

    def add(self, of: str, office: str, counts: Mapping[str, int]) -> None:
        for column, count in counts.items():
            self.cells[_Place(of, office, column)] = count

    def rest(self, of: str, office: str, whole: str, part: str) -> None:
        """Add what is left of a count when a part of it is taken away: nobody prints it."""
        names = (
            _Place(of, office, whole),
            _Place(of, office, part),
            _Place(of, office, f"{whole} less {part}"),
        )
        self.cells[names[2]] = self.cells[names[0]] - self.cells[names[1]]
        self.unseen.add(names[2])
        self.sums.append(Sum(names[0], names[1:]))

    def total(self, total: _Place, parts: Iterable[_Place]) -> None:
        self.sums.append(Sum(total, tuple(parts)))

    def withheld(self) -> frozenset[_Place]:
        return withhold(Counts(self.cells, tuple(self.sums), frozenset(self.unseen))).cells


def withheld_training(made: Training) -> dict[str, Any]:
    """Return training as JSON takes it, without counts of officers from 1 to 10 and what gives them away.

    Requirements of the same officers share how many there are: what one shows, another cannot withhold.
    Sentences with counts are left out where a count of theirs is not shown.
    """
    found = _Cells()
    for one in made.requirements:
        found.add(one.requirement_id, _EVERY, {"assignments": one.assignments})
        for office in (*one.offices, one.total):
            _office(found, one.requirement_id, one.rule, office)
        for column in _TRAINING:
            parts = (_Place(one.requirement_id, each.office_id, column) for each in one.offices)
            found.total(_Place(one.requirement_id, _EVERY, column), parts)
    withheld = found.withheld()
    plain = made.plain()
    for said in plain["requirements"]:
        _hide(said, withheld, said["requirement_id"], _EVERY, ("assignments",))
        for office in (*said["offices"], said["total"]):
            _hide(office, withheld, said["requirement_id"], office["office_id"], _TRAINING)
    return _without_counts(plain, withheld)


def _office(found: _Cells, requirement: str, rule: str, office: OfficeTraining) -> None:
    """Add the counts of a requirement in an office, and how they hang together."""
    name = office.office_id
    found.add(requirement, name, {column: getattr(office, column) for column in _TRAINING})
    audience, recorded, exceptions, exempt = (
        _Place(requirement, name, column) for column in ("audience", "recorded", "exceptions", "exempt")
    )
    found.total(audience, (recorded, exceptions))
    found.rest(requirement, name, "recorded", "with_evidence")
    # Whom a rule names is the same for each requirement with that rule, however often it is asked for.
    members = _Place(rule.partition(",")[0], name, "members")
    found.cells[members] = office.audience + office.exempt
    found.unseen.add(members)
    found.total(members, (audience, exempt))


def withheld_reviews(made: Reviews) -> dict[str, Any]:
    """Return file reviews as JSON takes it, without small counts and the shares that rest on them."""
    withheld = _cells_of(made).withheld()
    plain = made.plain()
    _hide(plain, withheld, _EVERY, _EVERY, ("reviews",))
    for said in plain["bases"]:
        if _hide(said, withheld, said["basis"], _EVERY, _DEFECTS):
            said |= {"share": NOT_SHOWN, "interval": None}
    for said in plain["agreements"]:
        if _hide(said["agreement"], withheld, _item(said["item"]), _EVERY, _AGREED):
            said["agreement"] |= dict.fromkeys(("kappa", "low", "high"), NOT_SHOWN)
    return _without_counts(plain, withheld)


def _cells_of(made: Reviews) -> _Cells:
    """Return the counts of file reviews, and how they hang together."""
    found = _Cells()
    found.add(_EVERY, _EVERY, {"reviews": made.reviews})
    for one in made.bases:
        found.add(one.basis, _EVERY, {column: getattr(one, column) for column in _DEFECTS})
        found.rest(one.basis, _EVERY, "items", "defects")
    found.total(
        _Place(_EVERY, _EVERY, "reviews"), (_Place(one.basis, _EVERY, "reviews") for one in made.bases)
    )
    for each in made.agreements:
        item = _item(each.item)
        found.add(item, _EVERY, {column: getattr(each.agreement, column) for column in _AGREED})
        found.rest(item, _EVERY, "n", "agreed")
    parts = [_item(each.item) for each in made.agreements if each.item != _EVERY]
    for column in _AGREED if parts else ():
        found.total(_Place(_item(_EVERY), _EVERY, column), (_Place(one, _EVERY, column) for one in parts))
    return found


def _item(name: str) -> str:
    return f"item {name}"


def _hide(
    said: dict[str, Any], withheld: frozenset[_Place], of: str, office: str, columns: Iterable[str]
) -> bool:
    """Put words in the place of what is withheld, and return whether anything is."""
    hidden = [column for column in columns if _Place(of, office, column) in withheld]
    said |= dict.fromkeys(hidden, NOT_SHOWN)
    return bool(hidden)


def _without_counts(plain: dict[str, Any], withheld: frozenset[_Place]) -> dict[str, Any]:
    """Return a verdict without the sentences that hold a number, where any count is withheld."""
    if withheld:
        plain["cannot"] = [one for one in plain["cannot"] if not any(mark.isdigit() for mark in one)]
    return plain
