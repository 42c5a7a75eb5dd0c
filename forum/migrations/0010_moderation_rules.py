from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import COORDINATORS, MODERATORS, ensure

# A beginning that moderators put into their own words and languages, version by version.
RULES = (
    (
        "on-topic",
        "Stay with the topic",
        "A post helps with the question of its topic. Advertising is none; whoever sells what "
        "they recommend says so.",
    ),
    (
        "respect",
        "Be respectful",
        "We speak about work, not about people. Insults, threats and discrimination have no place "
        "here.",
    ),
    (
        "confidential",
        "Keep confidences and rights",
        "No names of clients, prices or personal data that others did not make public, and no "
        "texts, patterns or pictures that belong to somebody else.",
    ),
    (
        "lawful",
        "Stay within the law",
        "What is illegal in the European Union or in the country of its readers is removed.",
    ),
)
MODERATORS_MAY = ("forum.add_rule", "forum.change_rule")
COORDINATORS_MAY = tuple(f"forum.{act}_moderatorscope" for act in ("add", "change", "delete"))


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Rule = apps.get_model("forum", "Rule")
    for position, (code, title, text) in enumerate(RULES):
        Rule.objects.create(code=code, title=title, text=text, position=position)
    ensure(apps, MODERATORS, MODERATORS_MAY)
    ensure(apps, COORDINATORS, COORDINATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [("forum", "0009_moderation_cases"), ("members", "0002_groups")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
