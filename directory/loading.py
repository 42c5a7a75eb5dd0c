"""Load the classifications from `data/classifications.yaml`; codes already there stay untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.apps.registry import Apps

SOURCE = Path(__file__).parent / "data" / "classifications.yaml"

MODELS = {
    "countries": "Country",
    "regions": "Region",
    "value_chains": "ValueChain",
    "circular_strategies": "CircularStrategy",
    "nace": "NaceDivision",
}
FIELDS = {"lat": "latitude", "lon": "longitude", "country": "country_id"}


def load(apps: Apps) -> None:
    """Insert what is missing; what editors changed is theirs."""
    data = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    for key, name in MODELS.items():
        model: Any = apps.get_model("directory", name)
        known = {field.attname for field in model._meta.concrete_fields}
        model.objects.bulk_create(
            [
                model(**{f: v for k, v in row.items() if (f := FIELDS.get(k, k)) in known})
                for row in data[key]
            ],
            ignore_conflicts=True,
        )
