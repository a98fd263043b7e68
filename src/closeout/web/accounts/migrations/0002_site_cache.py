from django.core.management import call_command
from django.db import migrations


def create(_apps, schema_editor):
    call_command("createcachetable", "site_cache", database=schema_editor.connection.alias, verbosity=0)


def drop(_apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS site_cache")


class Migration(migrations.Migration):
    """The table that sign-in lockouts are kept in."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
