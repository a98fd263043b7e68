"""Verdicts that count people, as they may leave the agency: small counts not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from closeout.evidence.suppression import NOT_SHOWN, Counts, Sum, SuppressionError, withhold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.evidence.verdicts.reviews import Reviews
    from closeout.evidence.verdicts.training import OfficeTraining, Training

_TRAINING = ("audience", "exempt", "recorded", "with_evidence", "exceptions")
_DEFECTS = ("reviews", "items", "defects")
_AGREED = ("n", "agreed")
EVERY = "ALL"
Told: TypeAlias = "Mapping[tuple[str, str], int]"
"""What a measure beside a verdict shows: by column and office (`ALL` for all) the sum over its objects."""


class Place(NamedTuple):
    """One count: of which requirement, basis or item, in which office or column."""

    of: str
    office: str
    column: str


class _Cells:
    """Counts as they are gathered, with how they add up."""

    def __init__(self) -> None:
        self.cells: dict[Place, int] = {}
        self.sums: list[Sum[Place]] = []
        self.unseen: set[Place] = set()
        self.printed: set[Place] = set()

    def add(self, of: str, office: str, counts: Mapping[str, int]) -> None:
        for column, count in counts.items():
            self.cells[Place(of, office, column)] = count

    def rest(self, of: str, office: str, whole: str, part: str) -> None:
        """Add what is left of a count when a part of it is taken away: nobody prints it."""
        names = (
            Place(of, office, whole),
            Place(of, office, part),
            Place(of, office, f"{whole} less {part}"),
        )
        self.cells[names[2]] = self.cells[names[0]] - self.cells[names[1]]
        self.unseen.add(names[2])
        self.sums.append(Sum(names[0], names[1:]))

    def total(self, total: Place, parts: Iterable[Place]) -> None:
        self.sums.append(Sum(total, tuple(parts)))

    def told(self, told: Told, column: str, office: str, parts: Iterable[Place]) -> None:
        """Add what another result shows of a column, where it is the sum of these."""
        some = tuple(parts)
        if told.get((column, office)) == sum(self.cells[part] for part in some):
            whole = Place("all together", office, column)
            self.cells[whole] = told[column, office]
            self.printed.add(whole)
            self.sums.append(Sum(whole, some))

    def withheld(self) -> frozenset[Place]:
        counts = Counts(self.cells, tuple(self.sums), frozenset(self.unseen), frozenset(self.printed))
        try:
            return withhold(counts).cells
        except SuppressionError:  # what is shown beside it leaves no other way
            return frozenset(place for place in self.cells if counts.may_be_withheld(place))


def places_of_training(made: Training, told: Told | None = None) -> frozenset[Place]:
    """Return the counts of officers from 1 to 10, and what gives them away.

    Requirements of the same officers share how many there are: what one shows, another cannot withhold.

    Args:
        made: Training.
        told: What the measure beside it shows; nothing if None.

    """
    found = _Cells()
    for one in made.requirements:
        found.add(one.requirement_id, EVERY, {"assignments": one.assignments})
        for office in (*one.offices, one.total):
            _office(found, one.requirement_id, one.rule, office)
        for column in _TRAINING:
            parts = (Place(one.requirement_id, each.office_id, column) for each in one.offices)
            found.total(Place(one.requirement_id, EVERY, column), parts)
    for column, where in told or ():
        held = (Place(one.requirement_id, where, column) for one in made.requirements if one.in_force)
        found.told(told or {}, column, where, [place for place in held if place in found.cells])
    return found.withheld()


def withheld_training(made: Training, withheld: frozenset[Place] | None = None) -> dict[str, Any]:
    """Return training as JSON takes it, without some counts.

    Sentences with counts are left out where a count of theirs is not shown.

    Args:
        made: Training.
        withheld: The counts that are not shown; None: those of `places_of_training`.

    """
    withheld = places_of_training(made) if withheld is None else withheld
    plain = made.plain()
    for said in plain["requirements"]:
        _hide(said, withheld, said["requirement_id"], EVERY, ("assignments",))
        for office in (*said["offices"], said["total"]):
            _hide(office, withheld, said["requirement_id"], office["office_id"], _TRAINING)
    return _without_counts(plain, withheld)


def _office(found: _Cells, requirement: str, rule: str, office: OfficeTraining) -> None:
    """Add the counts of a requirement in an office, and how they hang together."""
    name = office.office_id
    found.add(requirement, name, {column: getattr(office, column) for column in _TRAINING})
    audience, recorded, exceptions, exempt = (
        Place(requirement, name, column) for column in ("audience", "recorded", "exceptions", "exempt")
    )
    found.total(audience, (recorded, exceptions))
    found.rest(requirement, name, "recorded", "with_evidence")
    # Whom a rule names is the same for each requirement with that rule, however often it is asked for.
    members = Place(rule.partition(",")[0], name, "members")
    found.cells[members] = office.audience + office.exempt
    found.unseen.add(members)
    found.total(members, (audience, exempt))


def places_of_reviews(made: Reviews, told: Told | None = None) -> frozenset[Place]:
    """Return the small counts of file reviews, and what gives them away; `told` as for training."""
    found = _cells_of(made)
    for column, office in told or ():
        bases = (Place(one.basis, office, column) for one in made.bases)
        found.told(told or {}, column, office, [place for place in bases if place in found.cells])
    return found.withheld()


def withheld_reviews(made: Reviews, withheld: frozenset[Place] | None = None) -> dict[str, Any]:
    """Return file reviews as JSON takes it, without some counts and the shares that rest on them.

    Args:
        made: File reviews.
        withheld: The counts that are not shown; None: those of `places_of_reviews`.

    """
    withheld = places_of_reviews(made) if withheld is None else withheld
    plain = made.plain()
    _hide(plain, withheld, EVERY, EVERY, ("reviews",))
    for said in plain["bases"]:
        if _hide(said, withheld, said["basis"], EVERY, _DEFECTS):
            said |= {"share": NOT_SHOWN, "interval": None}
    for said in plain["agreements"]:
        if _hide(said["agreement"], withheld, _item(said["item"]), EVERY, _AGREED):
            said["agreement"] |= dict.fromkeys(("kappa", "low", "high"), NOT_SHOWN)
    return _without_counts(plain, withheld)


def _cells_of(made: Reviews) -> _Cells:
    """Return the counts of file reviews, and how they hang together."""
    found = _Cells()
    found.add(EVERY, EVERY, {"reviews": made.reviews})
    for one in made.bases:
        found.add(one.basis, EVERY, {column: getattr(one, column) for column in _DEFECTS})
        found.rest(one.basis, EVERY, "items", "defects")
    found.total(Place(EVERY, EVERY, "reviews"), (Place(one.basis, EVERY, "reviews") for one in made.bases))
    for each in made.agreements:
        item = _item(each.item)
        found.add(item, EVERY, {column: getattr(each.agreement, column) for column in _AGREED})
        found.rest(item, EVERY, "n", "agreed")
    parts = [_item(each.item) for each in made.agreements if each.item != EVERY]
    for column in _AGREED if parts else ():
        found.total(Place(_item(EVERY), EVERY, column), (Place(one, EVERY, column) for one in parts))
    return found


def _item(name: str) -> str:
    return f"item {name}"


def _hide(
    said: dict[str, Any], withheld: frozenset[Place], of: str, office: str, columns: Iterable[str]
) -> bool:
    """Put words in the place of what is withheld, and return whether anything is."""
    hidden = [column for column in columns if Place(of, office, column) in withheld]
    said |= dict.fromkeys(hidden, NOT_SHOWN)
    return bool(hidden)


def _without_counts(plain: dict[str, Any], withheld: frozenset[Place]) -> dict[str, Any]:
    """Return a verdict without the sentences that hold a number, where any count is withheld."""
    if withheld:
        plain["cannot"] = [one for one in plain["cannot"] if not any(mark.isdigit() for mark in one)]
    return plain
