"""What practices show on the pages of others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from core import generation, slots
from core.audiences import audience_key

MOST = 12


def newest(request: HttpRequest, *, limit: int = 3, **_kwargs: Any) -> dict[str, Any] | None:
    """{grid, index_url} of the newest practices that the reader may read; None without any.

    Kept until content changes, for all readers who may read the same.
    """
    key = f"practices:newest:{get_language()}:{audience_key(request.user)}:{limit}"
    return generation.cached(key, lambda: _newest(request, limit))


def _newest(request: HttpRequest, limit: int) -> dict[str, Any] | None:
    from bestpractices.cards import cards
    from bestpractices.models import PracticeBase, PracticeIndexPage

    language = (get_language() or "")[:2]
    practices = (
        PracticeBase.objects.visible_to(request.user)
        .once_each(language, request.user)
        .newest_first()
        .for_cards()[: min(limit, MOST)]
    )
    found = cards(practices, request)
    if not found:
        return None
    index = PracticeIndexPage.objects.live().filter(locale__language_code=language).first()
    return {
        "grid": render_to_string("pages/bestpractices/_grid.html", {"cards": found}),
        "index_url": index.get_url(request) if index else "",
    }


slots.register("home.practices", newest, template="pages/bestpractices/_newest.html")
