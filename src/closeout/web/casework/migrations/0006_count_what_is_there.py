"""Count the duties that are there already."""

from django.db import migrations

DUTIES = """
    INSERT INTO casework_dutycount (
        office_id, duty, state, is_open, is_missed, opens_on, due_on, last_day, overdue_from, "rows"
    )
    SELECT office_id, duty, state, is_open, is_missed, opens, due, last_day, overdue, COUNT(*)
    FROM (
        SELECT office_id, duty, state, is_open, is_missed, last_day,
            CASE WHEN is_open AND state <> 'on_hold' THEN opens_on END AS opens,
            CASE WHEN is_open AND state <> 'on_hold' THEN due_on END AS due,
            CASE WHEN is_open AND state <> 'on_hold' THEN overdue_from END AS overdue
        FROM casework_duty
        WHERE office_id IS NOT NULL
    ) AS held
    GROUP BY office_id, duty, state, is_open, is_missed, opens, due, last_day, overdue
"""
SUBJECTS = """
    INSERT INTO casework_subjectcount (office_id, duty, behind_from, "rows")
    SELECT office_id, duty, behind, COUNT(*)
    FROM (
        SELECT office_id, duty, subject,
            MIN(CASE WHEN state <> 'on_hold' THEN overdue_from END) AS behind
        FROM casework_duty
        WHERE office_id IS NOT NULL AND is_open
        GROUP BY office_id, duty, subject
    ) AS held
    GROUP BY office_id, duty, behind
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_counts_by_office")]

    operations = [
        migrations.RunSQL(DUTIES, "DELETE FROM casework_dutycount"),
        migrations.RunSQL(SUBJECTS, "DELETE FROM casework_subjectcount"),
    ]
