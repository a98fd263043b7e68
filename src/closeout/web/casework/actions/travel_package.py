"""A travel document request until it is sent: begun by the country's rule, filled, complete (B1, B2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from closeout.records.machines import TRAVEL_DOCUMENT
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_case, take_row
from closeout.web.casework.models import (
    Country,
    CountryRule,
    CountryRuleItem,
    Mission,
    TravelDocumentItem,
    TravelDocumentRequest,
    TravelFollowUp,
)

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

ITEMS = tuple(word for word, _label in TravelDocumentItem._meta.get_field("item").choices or ())  # noqa: SLF001 - Django's public _meta


def rule_in_force(country: str, on: date) -> CountryRule | None:
    """Return a country's rule on a day: the newest version in force; None where there is none."""
    has_no_end = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
    rules = CountryRule.objects.filter(has_no_end, country=country, effective_from__lte=on)
    return rules.order_by("-version").first()


def missing_items(request: TravelDocumentRequest, on: date) -> tuple[str, ...] | None:
    """Return the items the rule in force asks for that the package lacks; None where no rule is in force."""
    rule = rule_in_force(request.country_id, on)
    if rule is None:
        return None
    included = set(
        TravelDocumentItem.objects.filter(request=request, is_included=True).values_list("item", flat=True)
    )
    asked = CountryRuleItem.objects.filter(rule=rule).order_by("item_id").values_list("item", flat=True)
    return tuple(item for item in asked if item not in included)


@transaction.atomic
def start_travel_request(
    *,
    by: User,
    case_no: str,
    country: str,
    mission_id: str | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Begin a request: the items the country's rule in force asks for are listed, none included yet.

    Without a rule in force it can be begun and filled, but neither completed nor sent.

    Args:
        by: Who begins it.
        case_no: For which case.
        country: The country's ISO 3166 alpha-3 code.
        mission_id: The embassy or consulate, where it is known.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: The case is closed, or a request to this country is under way.
        UnfitValueError: There is no such country, or the mission is not its.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    _check_may_begin(hand, country, mission_id)
    writing = hand.writing()
    row = begin(hand, writing, country=country, mission_id=mission_id)
    hand.tell(writing, "travel_document.start", row)
    return row


def _check_may_begin(hand: Hand, country: str, mission_id: str | None) -> None:
    if hand.case.state == "closed":
        msg = "the case is closed; nothing is asked for it"
        raise NotNowError(msg)
    if not Country.objects.filter(pk=country).exists():
        msg = f"there is no country {country}; give its three-letter code"
        raise UnfitValueError(msg)
    if mission_id is not None and not Mission.objects.filter(pk=mission_id, country=country).exists():
        msg = f"{mission_id} is no mission of {country}"
        raise UnfitValueError(msg)
    open_requests = hand.case.travel_document_requests.exclude(state__in=TRAVEL_DOCUMENT.terminal)
    if open_requests.filter(country=country).exists():
        msg = f"a request to {country} is under way"
        raise NotNowError(msg)


def begin(hand: Hand, writing: Writing, *, country: str, mission_id: str | None) -> TravelDocumentRequest:
    """Create a request with the items that the rule in force asks for."""
    rule = rule_in_force(country, hand.on)
    row = writing.create(
        TravelDocumentRequest,
        case=hand.case,
        office=hand.case.office,
        country_id=country,
        mission_id=mission_id,
        rule=rule,
        package_version=1,
        state="drafting",
        drafted_on=hand.on,
    )
    if rule is not None:
        for asked in CountryRuleItem.objects.filter(rule=rule).order_by("item_id"):
            writing.create(TravelDocumentItem, request=row, item=asked.item, is_included=False)
    return row


@transaction.atomic
def include_item(
    *,
    by: User,
    request_id: int,
    item: str,
    is_included: bool = True,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentItem:
    """Mark an item as in the package, or as not in it after all.

    Raises:
        NotNowError: The request is not being drafted.
        UnfitValueError: There is no such item.

    """
    one_of("the item", item, ITEMS)
    request, hand = take_row(
        TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version
    )
    moved(TRAVEL_DOCUMENT, request.state, "include_item", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    row = TravelDocumentItem.objects.select_for_update().filter(request=request, item=item).first()
    if row is None:
        row = writing.create(TravelDocumentItem, request=request, item=item, is_included=is_included)
    else:
        writing.change(row, is_included=is_included)
    hand.tell(writing, "travel_document.include", request)
    return row


@transaction.atomic
def complete_request(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Mark a package as complete.

    Raises:
        NotNowError: Items are missing, or no rule is in force that says which are needed.

    """
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    move = moved(
        TRAVEL_DOCUMENT, row.state, "complete", by=hand.actors, facts=hand.facts(**_package_facts(row, hand))
    )
    writing = hand.writing()
    writing.change(row, state=move.then, completed_on=hand.on)
    hand.tell(writing, "travel_document.complete", row)
    return row


@transaction.atomic
def send_request(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Record that a package went to the mission; the first follow-up is due by the country's days.

    Raises:
        NotNowError: The package is not complete by the rule in force on the day, or no rule is.

    """
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(**_package_facts(row, hand))
    move = moved(TRAVEL_DOCUMENT, row.state, "send", by=hand.actors, facts=facts)
    rule = rule_in_force(row.country_id, hand.on)
    writing = hand.writing()
    writing.change(row, state=move.then, sent_on=hand.on, rule=rule, missing_at_send=0)
    plan_follow_up(hand, writing, row)
    hand.tell(writing, "travel_document.send", row)
    return row


def _package_facts(row: TravelDocumentRequest, hand: Hand) -> dict[str, object]:
    missing = missing_items(row, hand.on)
    rule = rule_in_force(row.country_id, hand.on)
    if missing is None or rule is None:
        return {}
    return {"missing_items": len(missing), "rule_from": rule.effective_from, "rule_to": rule.effective_to}


def plan_follow_up(hand: Hand, writing: Writing, row: TravelDocumentRequest) -> None:
    """Put the next follow-up on the calendar by the days of the rule in force; none without a rule."""
    rule = rule_in_force(row.country_id, hand.on) or row.rule
    if rule is not None:
        due_on = hand.on + timedelta(days=rule.follow_up_days)
        writing.create(TravelFollowUp, request=row, case=hand.case, due_on=due_on)
