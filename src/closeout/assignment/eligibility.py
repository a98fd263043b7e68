"""Who may have a case: each officer's first reason why not, in the words a supervisor reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.assignment.rules import Language

if TYPE_CHECKING:
    from closeout.assignment.office import NewCase
    from closeout.assignment.rules import Rules
    from closeout.assignment.shapes import Officer

REASONS = {
    "not_active": "does not serve",
    "no_hours": "has no case hours now",
    "other_office": "belongs to another office",
    "recused": "is recused from the case",
    "other_site": "does not work at the site where it reports",
    "no_credential": "lacks the credential for cases of children",
    "no_language": "is not certified in its language",
    "over_cap": "would be over the cap",
    "over_new_starter_cap": "would be over the cap for new officers",
    "over_severe_cap": "would have too large a share of severe cases",
}
"""Code of an exclusion, and how it reads after an officer's number."""
REASONS_OF_MANY = {
    "not_active": "do not serve",
    "no_hours": "have no case hours now",
    "other_office": "belong to another office",
    "recused": "are recused from the case",
    "other_site": "do not work at the site where it reports",
    "no_credential": "lack the credential for cases of children",
    "no_language": "are not certified in its language",
    "over_cap": "would be over the cap",
    "over_new_starter_cap": "would be over the cap for new officers",
    "over_severe_cap": "would have too large a share of severe cases",
}
"""The same after a number of officers other than one."""
CAPS = ("over_cap", "over_new_starter_cap", "over_severe_cap")
"""The exclusions that waiting may lift."""


def skills_needed(case_language: str | None, *, is_child: bool, rules: Rules) -> frozenset[str]:
    """Return the skills that an officer must have for a case."""
    child = {rules.child_skill} if is_child else set()
    spoken = language_skill(case_language, rules) if rules.language is Language.REQUIRED else None
    return frozenset(child | ({spoken} if spoken else set()))


def language_skill(language: str | None, rules: Rules) -> str | None:
    """Return the skill that certifies a language; None where no certificate is called for."""
    if not language or language in rules.spoken_by_all or rules.language is Language.IGNORED:
        return None
    return f"lang-{language}"


def why_not(officer: Officer, case: NewCase, rules: Rules) -> str | None:
    """Return the code of why an officer may not have a case, whatever the load; None if the officer may."""
    checks = (
        ("not_active", not officer.is_active),
        ("no_hours", not officer.hours > 0),
        ("other_office", officer.office_id != case.office_id and not rules.allow_transfer),
        ("recused", officer.officer_no in case.recused),
        ("other_site", not works_at(officer, case.site_id)),
        ("no_credential", case.is_child and rules.child_skill not in officer.skills),
        (
            "no_language",
            not skills_needed(case.language, is_child=False, rules=rules) <= officer.skills,
        ),
    )
    return next((code for code, is_so in checks if is_so), None)


def works_at(officer: Officer, site_id: str | None) -> bool:
    """Say whether an officer serves a site; None is any site."""
    return site_id is None or officer.sites is None or site_id in officer.sites
