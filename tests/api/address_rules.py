"""Who may call the API: a session of a role that may use it; everybody else is told so."""

from __future__ import annotations

from closeout.web.accounts.permissions import Permission
from tests.web.matrix import Rule
from tests.web.recommendations.address_rules import A_CLOSURE, a_capture, a_recommendation

USE = Permission.API_USE


def called(permission: Permission, make: object, **fields: object) -> Rule:
    """Return the rule of a call; without a session it answers 401, and it is no page."""
    return Rule(permission, make=make, unknown=401, is_page=False, **fields)


def _id(name: str, make: object) -> object:
    return lambda visitor: {name: make(visitor)["pk"]}


def changed(permission: Permission, make: object) -> Rule:
    """Return the rule of a change that is not JSON or lacks its parts: whoever may is told so."""
    return called(permission, make, method="post", allowed=frozenset({400, 422}))


REC = _id("recommendation_id", a_recommendation)
RULES = {
    "api:openapi-json": Rule(is_open=True, is_page=False),
    "api:api-root": Rule(is_open=True, allowed=frozenset({404}), is_page=False),
    "api:list_recommendations": called(USE, lambda _visitor: {}),
    "api:get_counts": called(USE, lambda _visitor: {}),
    "api:get_recommendation": called(USE, REC),
    "api:list_captures": called(USE, lambda _visitor: {}),
    "api:get_words": called(USE, _id("capture_id", a_capture), data={"start": "0", "end": "20"}),
    # A call is refused for its parts before its role is asked.
    "api:add_progress": changed(USE, REC),
    "api:record_promise": changed(USE, REC),
    "api:set_plan": changed(USE, REC),
    "api:add_evidence": changed(USE, REC),
    "api:request_closure": changed(USE, REC),
    "api:decide_closure": changed(USE, _id("closure_id", A_CLOSURE)),
    "api:record_decision": changed(USE, REC),
    "api:upload_document": changed(USE, lambda _visitor: {}),
}
