"""The list as files: CSV for tables, GeoJSON for maps; both hold what everybody may read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max

from directory.freshness import is_from
from directory.labels import labels
from directory.models import (
    ClusterMembership,
    Country,
    Organisation,
    Region,
    Source,
)
from directory.querysets import OrganisationQuerySet
from directory.several import codes_of, lines_of
from directory.tables.cells import safe

CHUNK = 500
COLUMNS = (
    *("name", "type", "summary", "language_of_texts", "country", "region", "region_name", "town"),
    *("latitude", "longitude", "size", "founded", "nace", "value_chains", "circular_strategies"),
    *("roles", "offers", "seeks", "languages", "certifications", "clusters", "website"),
    *("address", "confirmed_on", "is_sample"),
)


def csv_lines(organisations: OrganisationQuerySet) -> Iterator[str]:
    """The lines of a CSV file with a heading, in UTF-8 with a mark that spreadsheets know.

    Codes are those of the filters; several in one cell are parted by a space.
    """
    yield "\ufeff" + _line(COLUMNS)
    for row in rows(organisations):
        yield _line([safe(row[name]) for name in COLUMNS])


def geojson(organisations: OrganisationQuerySet) -> str:
    """A FeatureCollection (RFC 7946) of those with a place: longitude before latitude, WGS 84."""
    features = [
        {
            "type": "Feature",
            "id": row["address"],
            "geometry": {
                "type": "Point",
                "coordinates": [float(row["longitude"]), float(row["latitude"])],
            },
            "properties": {
                name: value
                for name, value in row.items()
                if value != "" and name not in {"latitude", "longitude"}
            },
        }
        for row in rows(organisations.filter(latitude__isnull=False))
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def rows(organisations: OrganisationQuerySet) -> Iterator[dict[str, Any]]:
    """{column: value} of each organisation; a fixed number of queries for each 500."""
    regions, countries = labels(Region), labels(Country)
    keys = list(organisations.by_name().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = Organisation.objects.in_bulk(part)
        many = _many(part)
        dated = Source.objects.filter(organisation__in=part).order_by()
        seen = dict(dated.values_list("organisation").annotate(seen=Max("seen_on")))
        for key in part:
            organisation = found.get(key)
            if organisation is not None:
                yield _row(organisation, many[key], regions, countries, seen.get(key))


def _row(
    organisation: Organisation,
    many: dict[str, list[str]],
    regions: dict[str, str],
    countries: dict[str, str],
    seen: date | None,
) -> dict[str, Any]:
    confirmed = organisation.confirmed_at
    return {
        "name": organisation.name,
        "type": organisation.kind,
        "summary": organisation.summary,
        "language_of_texts": organisation.language,
        "country": organisation.country_id,
        "country_name": countries.get(organisation.country_id, ""),
        "region": organisation.region_id or "",
        "region_name": regions.get(organisation.region_id or "", ""),
        "town": organisation.town,
        "latitude": "" if organisation.latitude is None else organisation.latitude,
        "longitude": "" if organisation.longitude is None else organisation.longitude,
        "size": organisation.size_class,
        "founded": organisation.founded or "",
        "nace": organisation.nace_id or "",
        "website": organisation.website,
        "address": f"{settings.WAGTAILADMIN_BASE_URL}{organisation.get_absolute_url()}",
        "confirmed_on": confirmed.date().isoformat()
        if confirmed and not is_from(seen, organisation)
        else "",
        "is_sample": "yes" if organisation.is_sample else "no",
        **{name: " ".join(many.get(name, ())) for name in MANY},
    }


MANY = (
    *("value_chains", "circular_strategies", "roles", "offers", "seeks", "languages"),
    *("certifications", "clusters"),
)
RELATIONS = ("value_chains", "circular_strategies")


def _many(keys: list[int]) -> dict[int, dict[str, list[str]]]:
    found = codes_of(keys, RELATIONS)
    for key, columns in lines_of(keys).items():
        for name, lines in columns.items():
            found[key][name] = list(dict.fromkeys(capability for capability, _text in lines))
    members = ClusterMembership.objects.confirmed().public().filter(organisation__in=keys)
    for key, slug in members.values_list("organisation_id", "cluster__slug"):
        found[key]["clusters"].append(slug)
    return found


def _line(values: Iterable[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
