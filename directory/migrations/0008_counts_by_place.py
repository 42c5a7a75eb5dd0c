"""Numbers of organisations by place, and indexes that hold all that counting and ordering read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_role_of_claim"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.CharField(blank=True, max_length=15)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("latitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("number", models.IntegerField()),
            ],
            options={
                "verbose_name": "number of organisations at a place",
                "verbose_name_plural": "numbers of organisations at places",
            },
        ),
        migrations.RemoveIndex(
            model_name="line",
            name="line_by_capability",
        ),
        migrations.RemoveIndex(
            model_name="trait",
            name="trait_by_code",
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=["kind", "capability", "organisation"], name="line_by_capability"
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["latitude", "longitude"], name="organisation_on_the_map"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                models.Case(
                    models.When(state="stale", then=models.Value(1)),
                    default=models.Value(0),
                    output_field=models.SmallIntegerField(),
                ),
                models.F("name"),
                models.F("id"),
                condition=models.Q(("state__in", ["published", "stale"])),
                name="organisation_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="trait",
            index=models.Index(fields=["kind", "code", "organisation"], name="trait_by_code"),
        ),
        migrations.AddField(
            model_name="placecount",
            name="country",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.country",
            ),
        ),
        migrations.AddField(
            model_name="placecount",
            name="region",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.region",
            ),
        ),
        migrations.AddIndex(
            model_name="placecount",
            index=models.Index(fields=["facet", "code"], name="place_count_by_code"),
        ),
        migrations.AddConstraint(
            model_name="placecount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 0), _negated=True), name="place_count_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="placecount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("facet", "")),
                    models.Q(
                        models.Q(("facet", ""), _negated=True),
                        models.Q(("code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="place_count_code_of_a_facet",
            ),
        ),
    ]
