"""Editors' picks: what editors put above the results of certain words, where its reader may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Locale, Page
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH, normalise_query_string

from core.audiences import visible_pages
from core.searchable import for_model

MOST_PICKS = 5


@dataclass(frozen=True, slots=True)
class Pick:
    """One pick: `kind` is empty for an address elsewhere."""

    title: str
    url: str
    description: str
    kind: str
    language: str


def picks_for(text: str, request: HttpRequest, language: str) -> list[Pick]:
    """The picks for these words that the reader may read, pages in the reader's language where they are.

    At most four queries, whatever their number.
    """
    words = normalise_query_string(text)
    if not words or len(words) > MAX_QUERY_STRING_LENGTH or "\x00" in words:
        return []
    rows = list(
        SearchPromotion.objects.filter(query__query_string=words)
        .order_by("sort_order", "pk")
        .values_list(
            "page_id",
            "page__translation_key",
            "external_link_url",
            "external_link_text",
            "description",
            named=True,
        )[:MOST_PICKS]
    )
    pages = _readable(rows, request.user, language)
    picks = []
    for row in rows:
        if row.page_id is None:
            if row.external_link_url:
                title = row.external_link_text or row.external_link_url
                picks.append(Pick(title, row.external_link_url, row.description, "", ""))
            continue
        page = pages.get(row.page__translation_key)
        url = page.get_url(request) if page else None
        if page and url:
            picks.append(Pick(page.title, url, row.description, _kind(page), _code(page)))
    return picks


def _readable(rows: list[Any], user: Any, language: str) -> dict[Any, Page]:
    """{translation key: the version in the reader's language, else the one that was picked}."""
    picked = {row.page_id for row in rows if row.page_id is not None}
    if not picked:
        return {}
    keys = {row.page__translation_key for row in rows if row.page_id is not None}
    versions = visible_pages(Page.objects.filter(translation_key__in=keys), user)
    best: dict[Any, Page] = {}
    for page in versions.select_related("locale"):
        if page.locale.language_code == language:
            best[page.translation_key] = page
        elif page.pk in picked:
            best.setdefault(page.translation_key, page)
    return best


def _code(page: Page) -> str:
    locale: Locale = page.locale
    return locale.language_code


def _kind(page: Page) -> str:
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    registered = for_model(model) if model else None
    return registered.kind if registered else ""
