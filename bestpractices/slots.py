"""What practices show on the pages of others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from core import slots

MOST = 12


def newest(request: HttpRequest, *, limit: int = 3, **_kwargs: Any) -> dict[str, Any] | None:
    """{cards, index_url} of the newest practices that the reader may read; None without any."""
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
    return {"cards": found, "index_url": index.get_url(request) if index else ""}


slots.register("home.practices", newest, template="pages/bestpractices/_newest.html")
