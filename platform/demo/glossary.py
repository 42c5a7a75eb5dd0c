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

FOLDER = Path(glossary.__file__).parent / "data"


def concepts() -> dict[str, dict[str, Words]]:
    """The concepts of the files, {key: {language: words}}; definitions are optional."""
    rows = _read(FOLDER / "terms.yaml")
    codes = [code for code, _name in settings.LANGUAGES]
    definitions = {path.stem: _read(path) for path in (FOLDER / "definitions").glob("*.yaml")}
    definitions["en"] = {row["key"]: row["definition"] for row in rows}
    return {
        row["key"]: {
            code: _words(row[code], definitions.get(code, {}).get(row["key"], "")) for code in codes
        }
        for row in rows
    }


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


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _words(text: str, definition: str) -> Words:
    names, _bar, variants = text.partition("|")
    term, *synonyms = _parts(names, ";")
    return Words(
        term=term,
        synonyms=tuple(synonyms),
        variants=tuple(_parts(variants, ",")),
        definition=definition,
    )


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]
