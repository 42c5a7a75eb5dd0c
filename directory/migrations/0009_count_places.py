"""The first numbers by place, of the organisations that are public already."""

from django.db import migrations
from django.db.models import Count

PUBLIC = ["published", "stale"]
PLACE = ("country_id", "region_id", "latitude", "longitude")


def count(apps, schema_editor):
    place_count = apps.get_model("directory", "PlaceCount")
    organisation = apps.get_model("directory", "Organisation")
    public = organisation.objects.filter(state__in=PUBLIC).order_by()

    def facts(model, kind):
        rows = apps.get_model("directory", model).objects
        return rows.filter(kind=kind, organisation__state__in=PUBLIC).order_by()

    for facet, rows, code, path in (
        ("", public, None, ""),
        ("kind", public, "kind", ""),
        ("value_chain", public.exclude(value_chains=None), "value_chains", ""),
        ("strategy", public.exclude(circular_strategies=None), "circular_strategies", ""),
        ("role", facts("Trait", "role"), "code", "organisation__"),
        ("language", facts("Trait", "language"), "code", "organisation__"),
        ("certification", facts("Trait", "certification"), "code", "organisation__"),
        ("offers", facts("Line", "offer"), "capability", "organisation__"),
        ("seeks", facts("Line", "seek"), "capability", "organisation__"),
    ):
        columns = [*([code] if code else []), *(f"{path}{name}" for name in PLACE)]
        number = Count(f"{path}pk", distinct=True)
        found = rows.values_list(*columns).annotate(number=number)
        place_count.objects.bulk_create(
            (
                place_count(
                    facet=facet,
                    code=row[0] if code else "",
                    number=row[-1],
                    **dict(zip(PLACE, row[-5:-1], strict=True)),
                )
                for row in found
            ),
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_counts_by_place")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
