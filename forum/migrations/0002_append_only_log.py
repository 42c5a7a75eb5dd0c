from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# TRUNCATE fires no row trigger: tests may empty the table.
CREATE = """
CREATE FUNCTION forum_moderationlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the moderation log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER forum_moderationlog_append_only
    BEFORE UPDATE OR DELETE ON forum_moderationlog
    FOR EACH ROW EXECUTE FUNCTION forum_moderationlog_refuse();
"""
DROP = """
DROP TRIGGER forum_moderationlog_append_only ON forum_moderationlog;
DROP FUNCTION forum_moderationlog_refuse();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
