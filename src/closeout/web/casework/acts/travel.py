"""Travel documents (B1): a request by the country's rule, and what the mission did with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.timezone import localdate

from closeout.records.machines import TRAVEL_DOCUMENT
from closeout.web.casework.actions import travel_end, travel_mission, travel_package
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import CountryField, words
from closeout.web.casework.acts.offered import is_open, rows_that_may
from closeout.web.casework.acts.registry import Act, ActForm, register
from closeout.web.casework.codes import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, TravelDocumentRequest

GROUP = "Travel documents"


def requests(verb: str) -> Callable[[Case, User], QuerySet[Any]]:
    """Return the requests of a case from whose state the verb is a move."""
    return rows_that_may(TRAVEL_DOCUMENT, "travel_document_requests", verb)


class StartForm(ActForm):
    """For which country."""

    country = CountryField(label="Country whose document is asked for")


class ItemForm(ActForm):
    """Which item is in the package, or is not after all. Says which are missing."""

    item = forms.ChoiceField(label="Item", choices=words(travel_package.ITEMS))
    is_included = forms.BooleanField(label="It is in the package", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        request = cast("TravelDocumentRequest", self.subject)
        missing = travel_package.missing_items(request, localdate())
        told = "No rule of this country is in force." if missing is None else "Nothing is missing."
        if missing:
            told = f"Missing: {', '.join(plain(item) for item in missing)}."
        self.fields["item"].help_text = told


class InterviewForm(ActForm):
    """When."""

    interview_on = forms.DateField(label="Day of the interview")


class IssueForm(ActForm):
    """The days on which the document is valid."""

    valid_from = forms.DateField(label="Valid from")
    valid_to = forms.DateField(label="Valid to")


class FollowUpForm(ActForm):
    """How the mission was asked again, and what it said."""

    channel = forms.ChoiceField(label="How", choices=words(travel_mission.CHANNELS))
    result = forms.ChoiceField(label="Result", choices=words(travel_mission.RESULTS))


class RefuseForm(ActForm):
    """Why the mission refused."""

    reason = forms.ChoiceField(label="Why", choices=words(TRAVEL_DOCUMENT.reasons["refuse"]))


class WithdrawForm(ActForm):
    """Why it is taken back."""

    reason = forms.ChoiceField(label="Why", choices=words(TRAVEL_DOCUMENT.reasons["withdraw"]))


class HoldForm(ActForm):
    """Why it is held, and when that is looked at again."""

    reason = forms.ChoiceField(label="Why", choices=words(TRAVEL_DOCUMENT.reasons["hold"]))
    review_on = forms.DateField(label="Look at it again on")


class DelayForm(ActForm):
    """What holds it up."""

    cause = forms.ChoiceField(label="What holds it up", choices=words(travel_end.CAUSES))


def _act(slug: str, label: str, rule: str, action: Callable[..., object], verb: str, **more: Any) -> Act:  # noqa: ANN401 - an act's own fields
    done = f"{label}: recorded."
    return Act(
        slug, label, GROUP, rule, on_row(action, "request_id"), subjects=requests(verb), done=done, **more
    )


register(
    Act(
        "travel-start",
        "Begin a travel document request",
        GROUP,
        "The items the country's rule in force asks for are listed with it.",
        on_case(travel_package.start_travel_request),
        form=StartForm,
        offered=is_open,
        done="Began the request.",
    ),
    _act(
        "travel-item",
        "Mark an item of the package",
        "An incomplete package comes back from the mission.",
        travel_package.include_item,
        "include_item",
        form=ItemForm,
    ),
    _act(
        "travel-complete",
        "Mark the package as complete",
        "Every item that the rule in force asks for is in it.",
        travel_package.complete_request,
        "complete",
    ),
    _act(
        "travel-send",
        "Send the package",
        "With it the first follow-up is put on the calendar, by the country's days.",
        travel_package.send_request,
        "send",
    ),
    _act(
        "travel-acknowledge",
        "Record that the mission acknowledged it",
        "The mission's clock runs from here.",
        travel_mission.acknowledge_request,
        "acknowledge",
    ),
    _act(
        "travel-interview",
        "Schedule the mission's interview",
        "A later day takes the place of an earlier one.",
        travel_mission.schedule_interview,
        "schedule_interview",
        form=InterviewForm,
    ),
    _act(
        "travel-interviewed",
        "Record that the interview was held",
        "Only that it was held.",
        travel_mission.hold_interview,
        "hold_interview",
    ),
    _act(
        "travel-follow-up",
        "Record a follow-up with the mission",
        "The next one is due by the country's days.",
        travel_mission.follow_up,
        "follow_up",
        form=FollowUpForm,
    ),
    _act(
        "travel-issue",
        "Record the document as issued",
        "With the days it is valid; one that expires unused is counted.",
        travel_mission.issue_document,
        "issue",
        form=IssueForm,
    ),
    _act(
        "travel-refuse",
        "Record a refusal",
        "With the mission's reason.",
        travel_mission.refuse_document,
        "refuse",
        form=RefuseForm,
    ),
    _act(
        "travel-return",
        "Record that the package came back incomplete",
        "It is drafted again, as the next version; returns are counted apart.",
        travel_mission.return_incomplete,
        "return_incomplete",
    ),
    _act(
        "travel-again",
        "Ask again",
        "A new request by the rule in force now.",
        travel_mission.re_request,
        "re_request",
    ),
    _act(
        "travel-delay",
        "Say what holds the request up",
        "The office, another agency, the mission, a legal stay, or another cause.",
        travel_end.set_delay_cause,
        "set_delay_cause",
        form=DelayForm,
    ),
    _act(
        "travel-hold",
        "Hold the request",
        "A legal stay, an appeal or a medical reason stops the clocks; it is looked at again on a day.",
        travel_end.hold_request,
        "hold",
        form=HoldForm,
    ),
    _act(
        "travel-resume",
        "Let a held request go on",
        "It goes on from where it stood.",
        travel_end.resume_request,
        "resume_sent",
    ),
    _act(
        "travel-use",
        "Record that the document was used",
        "On one of the days it is valid.",
        travel_end.use_document,
        "use",
    ),
    _act(
        "travel-withdraw",
        "Take the request back",
        "Follow-ups end with it.",
        travel_end.withdraw_request,
        "withdraw",
        form=WithdrawForm,
        warns=True,
    ),
)
