from pathlib import Path

import yaml
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import COORDINATORS, MODERATORS, ensure

RULES = Path(__file__).parent.parent / "data" / "rules.yaml"
MODERATORS_MAY = ("forum.add_rule", "forum.change_rule")
COORDINATORS_MAY = tuple(f"forum.{act}_moderatorscope" for act in ("add", "change", "delete"))


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Rule = apps.get_model("forum", "Rule")
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    for position, rule in enumerate(rules):
        Rule.objects.create(position=position, **rule)
    ensure(apps, MODERATORS, MODERATORS_MAY)
    ensure(apps, COORDINATORS, COORDINATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [("forum", "0009_moderation_cases"), ("members", "0002_groups")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
