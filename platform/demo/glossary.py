"""The working glossary that comes with the platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

import glossary
from demo.publishing import stable_uuid
from demo.registry import Registry
from glossary.actions import Words, add_concepts

FILE = Path(glossary.__file__).parent / "data" / "terms.yaml"


def concepts() -> dict[str, dict[str, Words]]:
    """The concepts of the file, {key: {language: words}}; definitions are in English."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    codes = [code for code, _name in settings.LANGUAGES]
    return {row["key"]: {code: _words(row, code) for code in codes} for row in rows}


@transaction.atomic
def load(registry: Registry) -> None:
    """Add the concepts that the demo has not made yet."""
    missing = {
        stable_uuid(f"glossary:{key}"): (key, words)
        for key, words in concepts().items()
        if not registry.knows(f"glossary:{key}:{settings.LANGUAGE_CODE}")
    }
    if not missing:
        return
    rows = add_concepts(concepts={uuid: words for uuid, (_key, words) in missing.items()})
    languages = {row.pk: row.language_code for row in Locale.objects.all()}
    registry.add_all(
        {
            f"glossary:{missing[row.translation_key][0]}:{languages[row.locale_id]}": row
            for row in rows
        }
    )


def _words(row: dict[str, Any], code: str) -> Words:
    names, _bar, variants = row[code].partition("|")
    term, *synonyms = _parts(names, ";")
    return Words(
        term=term,
        synonyms=tuple(synonyms),
        variants=tuple(_parts(variants, ",")),
        definition=row["definition"] if code == "en" else "",
    )


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]
