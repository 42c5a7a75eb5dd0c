from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Without the setting, which holds for one transaction, and for anything younger than a year, nothing goes.
WITH_AN_END = """
CREATE OR REPLACE FUNCTION forum_moderationlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ends timestamptz := NULLIF(current_setting('forum.log_ends', true), '')::timestamptz;
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < ends AND OLD.at < now() - interval '365 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the moderation log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION forum_moderationlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the moderation log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WITH_AN_END)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WITHOUT)


class Migration(migrations.Migration):
    dependencies = [("forum", "0019_notices_by_place")]

    operations = [migrations.RunPython(forwards, backwards)]
