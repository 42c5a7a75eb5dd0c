import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from directory.names import words_of

AT_ONCE = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the organisations that are there already the words of their names."""
    organisations = apps.get_model("directory", "Organisation").objects
    words = apps.get_model("directory", "NameWord")
    rows = organisations.order_by("pk").values_list("pk", "name", "legal_name")
    words.objects.bulk_create(
        (
            words(organisation_id=key, word=word)
            for key, *called in rows.iterator(chunk_size=AT_ONCE)
            for word in words_of(*called)
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_directory_log_append_only")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of a name",
                "verbose_name_plural": "words of names",
                "indexes": [
                    models.Index(
                        fields=["word"],
                        name="name_word_by_beginning",
                        opclasses=["varchar_pattern_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "word"), name="name_word_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
