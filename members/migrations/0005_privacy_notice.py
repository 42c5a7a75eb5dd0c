"""The first privacy notice: a text to start from, which the operators make their own."""

import json
from pathlib import Path

from django.db import migrations

from members.groups import COORDINATORS, ensure

DATA = Path(__file__).resolve().parents[1] / "data" / "privacy_notice.json"


def write(apps, schema_editor):
    words = json.loads(DATA.read_text(encoding="utf-8"))
    apps.get_model("members", "ConsentText").objects.create(
        purpose="membership", version=1, text=words["text"], texts=words["texts"]
    )
    ensure(apps, COORDINATORS, ("members.add_consenttext", "members.view_consenttext"))


class Migration(migrations.Migration):
    dependencies = [("members", "0004_privacy")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
