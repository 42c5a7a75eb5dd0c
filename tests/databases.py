"""The database of a process that runs tests: copied from one that was migrated once, and put back after commits."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

BASE = Path(__file__).parent.parent
APART = {".venv", ".services", "var", "tests", "scripts", "docs"}
DATA = {".py", ".json", ".csv", ".po", ".txt"}
KEPT = "initial_"


def _fingerprint() -> str:
    """Of everything that migrations may read: another text in the code, another database."""
    files = [
        path
        for folder in BASE.iterdir()
        if folder.name not in APART
        for path in ([folder] if folder.is_file() else folder.rglob("*"))
        if path.suffix in DATA
    ]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(BASE)).encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def migrated_template() -> str:
    """The name of a migrated database to copy (PostgreSQL); made by the first process that asks, others wait.

    What applies migrations takes half a minute, a copy less than a second.
    """
    prefix = f"{settings.TEST_DATABASE}_template_"
    name = prefix + _fingerprint()
    quoted = connection.ops.quote_name
    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    own = test["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        found = [row[0] for row in cursor.fetchall()]
        if name in found:
            return name
        for old in found:
            cursor.execute(f"DROP DATABASE {quoted(old)}")
        # Only a whole one gets the name.
        test["NAME"] = f"{prefix}new"
        try:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        finally:
            connection.close()
            test["NAME"] = own
            connection.settings_dict["NAME"] = before
            settings.DATABASES[connection.alias]["NAME"] = before
        cursor.execute(f"ALTER DATABASE {quoted(f'{prefix}new')} RENAME TO {quoted(name)}")
    return name


def _filled(cursor) -> list[str]:
    """The tables with rows."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in sorted(tables))
    cursor.execute(" UNION ALL ".join(asked))
    return [row[0] for row in cursor.fetchall()]


def _append_only(cursor) -> set[str]:
    """The tables that let no row go; such can be emptied as a whole only."""
    if connection.vendor != "postgresql":
        return set()
    cursor.execute(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append_only'"
    )
    return {row[0] for row in cursor.fetchall()}


def keep_initial_content() -> None:
    """Keep what the migrations wrote, beside it."""
    with transaction.atomic(), connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            if name.startswith(KEPT):
                cursor.execute(f'DROP TABLE "{name}"')
        for name in _filled(cursor):
            cursor.execute(f'CREATE TABLE "{KEPT}{name}" AS SELECT * FROM "{name}"')


def restore_initial_content() -> None:
    """Put the database back into the state that the migrations left, after a test that commits.

    Django would empty every table there is, and read back what was kept row by row.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        filled = _filled(cursor)
        whole = _append_only(cursor)
        # Foreign keys are checked at the end, so the order of tables is of no matter.
        for name in filled:
            if name in whole:
                cursor.execute(f'TRUNCATE "{name}" CASCADE')
        for name in filled:
            if name not in whole:
                cursor.execute(f'DELETE FROM "{name}"')
        for name in connection.introspection.table_names(cursor):
            if name.startswith(KEPT):
                table = name.removeprefix(KEPT)
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{name}"')
