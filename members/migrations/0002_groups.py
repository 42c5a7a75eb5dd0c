from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import ensure_all


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ensure_all(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
        ("core", "0003_locales"),
        ("directory", "0002_classifications"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
