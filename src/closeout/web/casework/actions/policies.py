"""Whether a policy version was in force on a day, for the moves that rest on one."""

from __future__ import annotations

from closeout.web.registers.models import PolicyVersion

HAS_FORCE = ("published", "superseded", "rescinded", "expired_review", "archived")
"""States of a version that was published at some time; its dates say when it was in force."""


def policy_facts(policy_version_id: str | None) -> dict[str, object]:
    """Return from when to when a version is or was in force, as guards read it; nothing if never."""
    version = PolicyVersion.objects.filter(pk=policy_version_id, state__in=HAS_FORCE).first()
    if version is None:
        return {}
    return {"policy_from": version.effective_from, "policy_to": version.effective_to}
