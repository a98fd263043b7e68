"""The second factor: its secrets are kept encrypted."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac


@cache
def _box(key: str) -> Fernet:
    # A key of its own, derived from the site's, so that neither opens what the other guards.
    derived = salted_hmac("closeout.second-factor", "v1", secret=key, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(derived))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts the secrets of authenticator apps and recovery codes in the database."""

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return _box(str(settings.SECRET_KEY)).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret from its stored form."""
        return _box(str(settings.SECRET_KEY)).decrypt(encrypted_text.encode()).decode()
