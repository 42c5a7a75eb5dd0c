"""Results as the templates want them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.searchable import registered
from search.query import SearchHit, SearchQuery, SearchResults


def kind_labels() -> dict[str, str]:
    """{kind: label} of everything that can be found, in the reader's language."""
    return {searchable.kind: str(searchable.label) for searchable in registered()}


def language_names() -> dict[str, str]:
    """{code: the language's own name}."""
    return dict(settings.LANGUAGES)


def shown_hits(hits: Iterable[SearchHit]) -> list[dict[str, Any]]:
    """Hits with the variables of components/search-result.html."""
    labels, names, current = kind_labels(), language_names(), get_language()
    shown = []
    for hit in hits:
        is_foreign = hit.language != current
        label = labels.get(hit.kind, hit.kind)
        shown.append(
            {
                "url": hit.url,
                "title": hit.title,
                "snippet": hit.snippet,
                "kind": f"{label} · {names.get(hit.language, '')}" if is_foreign else label,
                "lang": hit.language if is_foreign else "",
                "organisation": hit.organisation,
                "date": date_format(localtime(hit.date)) if hit.date else "",
                "badge": _("Sample") if hit.is_sample else "",
            }
        )
    return shown


def filter_groups(query: SearchQuery, results: SearchResults) -> list[dict[str, Any]]:
    """Facets as components/filters.html wants them: what would find something, or is chosen."""
    groups = [
        _group("kind", _("Kind"), kind_labels(), query.chosen.get("kind", ()), results),
        _group(
            "language", _("Language"), language_names(), query.chosen.get("language", ()), results
        ),
    ]
    return groups if any(group["options"] for group in groups) else []


def _group(
    name: str, label: str, labels: dict[str, str], chosen: tuple[str, ...], results: SearchResults
) -> dict[str, Any]:
    counts = results.facets[name]
    options = [
        {
            "value": value,
            "label": text,
            "count": counts.get(value, 0),
            "selected": value in chosen,
        }
        for value, text in labels.items()
        if value in counts or value in chosen
    ]
    return {"name": name, "label": label, "options": options}
