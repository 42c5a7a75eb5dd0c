"""Names of classifications by code, without a query where the content has not changed."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from core import generation
from directory.models import Classification


def labels(model: type[Classification], language: str = "") -> dict[str, str]:
    """{code: name} in one language (the active one by default), sorted by name."""
    wanted = language or (get_language() or settings.LANGUAGE_CODE)[:2]

    def read() -> dict[str, str]:
        rows = {row.code: row.label_in(wanted) for row in model._default_manager.all()}
        return dict(sorted(rows.items(), key=lambda item: item[1].casefold()))

    return generation.cached(
        f"labels:{model._meta.label_lower}:{wanted}", read, ttl=3600, areas=[generation.Area.SITE]
    )


def label(model: type[Classification], code: str, language: str = "") -> str:
    """The name of one code; the code itself where it is unknown."""
    return labels(model, language).get(code, code)
