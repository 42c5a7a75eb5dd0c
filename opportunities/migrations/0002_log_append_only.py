from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# TRUNCATE fires no row trigger: tests may empty the table.
CREATE = """
CREATE FUNCTION opportunities_opportunitylog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of opportunities is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER opportunities_opportunitylog_append_only
    BEFORE UPDATE OR DELETE ON opportunities_opportunitylog
    FOR EACH ROW EXECUTE FUNCTION opportunities_opportunitylog_refuse();
"""
DROP = """
DROP TRIGGER opportunities_opportunitylog_append_only ON opportunities_opportunitylog;
DROP FUNCTION opportunities_opportunitylog_refuse();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
