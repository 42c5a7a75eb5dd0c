from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    # Notices of before have no place: each stays a case of its own.
    dependencies = [("forum", "0018_last_post_by_date")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="place",
            field=models.CharField(blank=True, default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["place"], name="report_open_of_place", condition=Q(state="open")
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["reporter", "created_at"], name="report_of_reporter"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=["email", "place"],
                condition=Q(state="open", post__isnull=True) & ~Q(email="") & ~Q(place=""),
                name="report_one_open_per_place",
            ),
        ),
    ]
