"""One account per role, all of the demonstration's store and of no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.accounts.models import Role
from closeout.web.people.actions import Access, create_account, new_password

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

DOES = {
    Role.AUDIT_LIAISON: "answers the auditors: start here",
    Role.APPROVER: "approves what the liaison asks for",
    Role.AUDITOR: "sees everything, changes nothing",
    Role.PROGRAM_MANAGER: "adds progress, plans and evidence",
    Role.PLANNER: "looks at offices, compares and exports",
    Role.READER: "reads and exports",
    Role.ADMINISTRATOR: "manages accounts and jobs",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account that anybody at this machine may use."""

    user: User
    password: str
    does: str

    @property
    def username(self) -> str:
        """Return the staff number to sign in with."""
        return self.user.username

    @property
    def role(self) -> str:
        """Return the account's role."""
        return self.user.role


def make_people() -> list[SignIn]:
    """Return one new account per role, with one password for all, made up at each start."""
    password = new_password()
    return [
        SignIn(
            create_account(
                by=None,
                username=role.value.replace("_", "-"),
                access=Access(role.value, "HQ"),
                password=password,
            ),
            password,
            does,
        )
        for role, does in DOES.items()
    ]
