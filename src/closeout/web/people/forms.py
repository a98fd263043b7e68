"""Forms for accounts."""

from __future__ import annotations

from django import forms

from closeout.web.accounts.models import Role, User
from closeout.web.people.actions import Access
from closeout.web.privacy import FreeTextField


class ReasonForm(forms.Form):
    """Why an account is changed."""

    reason = FreeTextField(label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AccessFields(forms.Form):
    """Role, office and last day."""

    role = forms.ChoiceField(label="Role", choices=Role.choices)
    office = forms.CharField(label="Office code", required=False, max_length=20)
    active_until = forms.DateField(
        label="Last day of access",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave empty for no end.",
    )

    def access(self) -> Access:
        """Return what was chosen."""
        wanted = self.cleaned_data
        return Access(wanted["role"], wanted["office"], wanted["active_until"])


class AccountForm(AccessFields):
    """A new account."""

    field_order = ("username",)
    username = forms.CharField(
        label="Staff number",
        max_length=40,
        help_text="Letters, digits, dots, hyphens and underscores. Not a name.",
        validators=User._meta.get_field("username").validators,  # noqa: SLF001 - Django's public _meta
    )

    def clean_username(self) -> str:
        """Refuse a staff number that is taken, in any letter case."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("There is already an account with this staff number.", code="taken")  # noqa: EM101, TRY003
        return username


class AccessForm(AccessFields, ReasonForm):
    """Another role, office or last day, and why."""

    field_order = ("role", "office", "active_until", "reason")
