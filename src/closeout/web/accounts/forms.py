"""Sign-in forms in this site's words: a staff number, and labels instead of placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm

if TYPE_CHECKING:
    from django import forms

CODE_HELP = "Six digits from the app, or one of your recovery codes."


def _drop_placeholders(form: forms.Form) -> None:
    # A placeholder vanishes when typing starts and is too pale to read; the label stays.
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Staff number and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)
        self.fields["login"].label = "Staff number"
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The password now and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)
        self.fields["oldpassword"].label = "Current password"
        self.fields["password1"].label = "New password"
        self.fields["password2"].label = "New password, again"


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before a change of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)
        self.fields["code"].help_text = CODE_HELP


class ConfirmCodeForm(CodeAgainForm):  # type: ignore[misc]
    """The code of the second factor, before a change of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)
        self.fields["code"].help_text = CODE_HELP


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code, to prove that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        super().__init__(*args, **kwargs)
        _drop_placeholders(self)
        self.fields["code"].label = "Code the app shows now"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
