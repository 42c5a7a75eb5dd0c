from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    # Apart from the rows that it needs: PostgreSQL alters no table with work still to check in it.
    dependencies = [("forum", "0016_old_decisions_name_no_rule")]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="decision_has_one_ground"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=Q(("ground", "rule"), ("law", ""), ("rule__isnull", False))
                | (Q(("ground", "law"), ("rule__isnull", True)) & ~Q(("law", ""))),
                name="decision_has_one_ground",
            ),
        ),
    ]
