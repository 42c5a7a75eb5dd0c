"""SQLite keeps titles as they are written, beside their stems, for what is typed so far.

A beginning is no word: stemmed, "recycli" would miss "recycling".
"""

from django.db import migrations

FORWARDS = [
    """
    CREATE VIRTUAL TABLE search_titles USING fts5(
        title, content='search_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER search_titles_add AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_titles(rowid, title) VALUES (new.id, new.title);
    END
    """,
    """
    CREATE TRIGGER search_titles_drop AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_titles(search_titles, rowid, title) VALUES ('delete', old.id, old.title);
    END
    """,
    """
    CREATE TRIGGER search_titles_keep AFTER UPDATE OF title ON search_searchentry BEGIN
        INSERT INTO search_titles(search_titles, rowid, title) VALUES ('delete', old.id, old.title);
        INSERT INTO search_titles(rowid, title) VALUES (new.id, new.title);
    END
    """,
    "INSERT INTO search_titles(search_titles) VALUES ('rebuild')",
]
BACKWARDS = [
    "DROP TRIGGER search_titles_add",
    "DROP TRIGGER search_titles_drop",
    "DROP TRIGGER search_titles_keep",
    "DROP TABLE search_titles",
]


def execute(schema_editor, statements):
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_saved_searches_and_tallies")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: execute(schema_editor, FORWARDS),
            lambda apps, schema_editor: execute(schema_editor, BACKWARDS),
        )
    ]
