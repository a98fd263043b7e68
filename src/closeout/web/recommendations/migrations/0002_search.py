"""Index the words of `SearchEntry`: FTS5 with triggers on SQLite, a tsvector with GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE recommendations_search USING fts5(
        names, asked, said,
        content='recommendations_searchentry', content_rowid='recommendation_id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER recommendations_search_added AFTER INSERT ON recommendations_searchentry BEGIN
        INSERT INTO recommendations_search(rowid, names, asked, said)
        VALUES (new.recommendation_id, new.names, new.asked, new.said);
    END
    """,
    """
    CREATE TRIGGER recommendations_search_removed AFTER DELETE ON recommendations_searchentry BEGIN
        INSERT INTO recommendations_search(recommendations_search, rowid, names, asked, said)
        VALUES ('delete', old.recommendation_id, old.names, old.asked, old.said);
    END
    """,
    """
    CREATE TRIGGER recommendations_search_changed AFTER UPDATE ON recommendations_searchentry BEGIN
        INSERT INTO recommendations_search(recommendations_search, rowid, names, asked, said)
        VALUES ('delete', old.recommendation_id, old.names, old.asked, old.said);
        INSERT INTO recommendations_search(rowid, names, asked, said)
        VALUES (new.recommendation_id, new.names, new.asked, new.said);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER recommendations_search_added",
    "DROP TRIGGER recommendations_search_removed",
    "DROP TRIGGER recommendations_search_changed",
    "DROP TABLE recommendations_search",
]
# The planner takes a tsvector's comparison for cheap and reads the whole table rather than the
# index; the function says otherwise, for this one question. Texts and vectors are kept out of the
# rows, so that the rows found are few pages.
POSTGRESQL = [
    """
    ALTER TABLE recommendations_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', names), 'A')
        || setweight(to_tsvector('english', asked), 'B')
        || setweight(to_tsvector('english', said), 'C')
    ) STORED
    """,
    "ALTER TABLE recommendations_searchentry SET (toast_tuple_target = 128)",
    "CREATE INDEX recommendations_search_vector ON recommendations_searchentry USING gin (vector)",
    """
    CREATE FUNCTION recommendations_found(words text) RETURNS SETOF bigint
    LANGUAGE sql STABLE ROWS 5000 SET enable_seqscan = off AS $$
        SELECT recommendation_id FROM recommendations_searchentry
        WHERE vector @@ to_tsquery('english', words)
    $$
    """,
]
POSTGRESQL_BACK = [
    "DROP FUNCTION recommendations_found(text)",
    "ALTER TABLE recommendations_searchentry DROP COLUMN vector",
]


def run(editor, sqlite, postgresql):
    for statement in postgresql if editor.connection.vendor == "postgresql" else sqlite:
        editor.execute(statement)


def forward(apps, editor):
    run(editor, SQLITE, POSTGRESQL)


def backward(apps, editor):
    run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
