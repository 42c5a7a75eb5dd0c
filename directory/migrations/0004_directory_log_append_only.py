from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# TRUNCATE fires no row trigger: tests may empty the table.
CREATE = """
CREATE FUNCTION directory_directorylog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of the directory is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER directory_directorylog_append_only
    BEFORE UPDATE OR DELETE ON directory_directorylog
    FOR EACH ROW EXECUTE FUNCTION directory_directorylog_refuse();
"""
DROP = """
DROP TRIGGER directory_directorylog_append_only ON directory_directorylog;
DROP FUNCTION directory_directorylog_refuse();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_organisations")]

    operations = [migrations.RunPython(forwards, backwards)]
