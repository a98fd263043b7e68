"""The people who sign in: a staff number, a role, an office, and until when. No names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date


class Role(models.TextChoices):
    """What somebody is here to do; `permissions.GRANTS` says what each may do."""

    OFFICER = "officer", "Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    DIRECTOR = "director", "Office director"
    PLANNER = "planner", "Planner"
    AUDIT_LIAISON = "audit_liaison", "Audit liaison"
    APPROVER = "approver", "Approving official"
    PROGRAM_MANAGER = "program_manager", "Program manager"
    AUDITOR = "auditor", "Auditor"
    READER = "reader", "Reader"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by staff number, letter case apart."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:  # noqa: ANN401 - model fields
        """Return a new, saved user; without a password the user cannot sign in until one is set."""
        user = self.model(username=User.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user with this staff number, in any letter case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person's account, known by a staff number only."""

    username = models.CharField(
        "staff number",
        max_length=40,
        unique=True,
        help_text="Letters, digits, dots, hyphens and underscores. Not a name.",
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Use letters, digits, . - and _ only.")],
    )
    role = models.CharField(max_length=30, choices=Role)
    office = models.CharField("office code", max_length=20, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    active_until = models.DateField(
        "active until", null=True, blank=True, help_text="The last day of access; empty for no end."
    )
    must_change_password = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    class Meta:
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
            models.UniqueConstraint(Lower("username"), name="user_username_unique_in_any_case"),
        )

    def __str__(self) -> str:
        return self.username

    def is_current(self, on: date) -> bool:
        """Say whether the account is in use on a day: not deactivated and not past its last day."""
        return self.is_active and (self.active_until is None or on <= self.active_until)
