"""Membership follows from a place in an organisation; whoever is a member already stays one."""

from django.db import migrations, models


def keep_members(apps, schema_editor):
    accounts = apps.get_model("members", "User").objects
    accounts.filter(approved_at__isnull=False).update(stands_alone=True)


class Migration(migrations.Migration):
    dependencies = [("members", "0005_privacy_notice")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="stands_alone",
            field=models.BooleanField(
                default=False,
                help_text="Made a member by coordinators, whether or not they belong to an organisation.",
                verbose_name="member without an organisation",
            ),
        ),
        migrations.RunPython(keep_members, migrations.RunPython.noop),
    ]
