"""SQLite's text index knows English words by their stems.

Porter's rules are made for English. The plurals of the Romance languages fall under them by luck,
other letters than a to z they leave alone.
"""

from django.db import migrations

TEXTS = ("title", "summary", "headings", "body", "organisation")
PLAIN = "unicode61 remove_diacritics 2"
STEMMED = f"porter {PLAIN}"


def make_anew(schema_editor, tokenizer):
    """Exchange the index; the triggers name it and go on with the new one."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TABLE search_text")
    schema_editor.execute(
        f"""
        CREATE VIRTUAL TABLE search_text USING fts5(
            {", ".join(TEXTS)},
            content='search_searchentry', content_rowid='id', tokenize="{tokenizer}"
        )
        """
    )
    schema_editor.execute("INSERT INTO search_text(search_text) VALUES ('rebuild')")


def stem(apps, schema_editor):
    make_anew(schema_editor, STEMMED)


def unstem(apps, schema_editor):
    make_anew(schema_editor, PLAIN)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_text_index")]

    operations = [migrations.RunPython(stem, unstem)]
