"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and the permission table."""

    name = "closeout.web.accounts"
    label = "accounts"
    verbose_name = "Accounts"
