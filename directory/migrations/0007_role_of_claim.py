"""A claim asks for a role; those that are there asked to administer."""

from django.db import migrations, models

ROLES = [("administrator", "Administrator"), ("editor", "Editor"), ("reader", "Reader")]


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_dates_of_sources")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="role",
            field=models.CharField(
                choices=ROLES, default="administrator", max_length=15, verbose_name="role"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", [code for code, _label in ROLES])),
                name="claim_role_known",
            ),
        ),
    ]
