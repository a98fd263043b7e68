from django.db import migrations

from closeout.web.audit import triggers


class Migration(migrations.Migration):
    """The database refuses to change or remove an event, or to add one out of order."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(triggers.create, triggers.drop)]
