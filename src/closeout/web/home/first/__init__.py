"""One first screen a role, where no other page is the right one to start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.accounts.models import Role
from closeout.web.home.first.administrator import administrator
from closeout.web.home.first.approver import approver
from closeout.web.home.first.director import director
from closeout.web.home.first.liaison import liaison
from closeout.web.home.first.manager import manager

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.home.panels import Screen

SCREENS: Mapping[str, Callable[[User, date], Screen]] = {
    Role.AUDIT_LIAISON: liaison,
    Role.APPROVER: approver,
    Role.PROGRAM_MANAGER: manager,
    Role.DIRECTOR: director,
    Role.ADMINISTRATOR: administrator,
}
"""The first screen of a role, for somebody on a day."""
