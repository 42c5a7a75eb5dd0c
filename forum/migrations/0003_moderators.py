from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import MODERATORS, ensure

PERMISSIONS = ("forum.moderate_post", "forum.add_category", "forum.change_category")


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ensure(apps, MODERATORS, PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_append_only_log"), ("members", "0002_groups")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
