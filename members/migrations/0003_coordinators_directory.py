from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import COORDINATORS, ensure

PERMISSIONS = (
    "directory.coordinate_organisation",
    "directory.view_organisation",
)


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ensure(apps, COORDINATORS, PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_groups"), ("directory", "0004_directory_log_append_only")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
