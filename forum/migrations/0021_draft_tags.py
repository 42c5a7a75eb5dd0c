from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0020_log_may_end")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="tags",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
    ]
