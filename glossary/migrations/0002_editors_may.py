"""Editors keep the glossary."""

from django.db import migrations

from members.groups import EDITORS, ensure

PERMISSIONS = tuple(f"glossary.{action}_glossaryterm" for action in ("add", "change", "delete"))


def allow(apps, schema_editor):
    ensure(apps, EDITORS, PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("glossary", "0001_terms"),
        ("members", "0002_groups"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
