"""In which languages an address exists."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from core import generation
from core.addresses import with_query
from core.audiences import visible_pages


def locale_ids() -> dict[str, int]:
    """{language code: primary key} of the locales of the content."""

    def read() -> dict[str, int]:
        return dict(Locale.objects.values_list("language_code", "pk"))

    return generation.cached("locales", read, areas=[generation.Area.SITE])


@lru_cache(maxsize=1000)
def _in_languages(path: str, _current: str) -> list[tuple[str, str]]:
    """[(code, path)] of an address that is no page; `_current` is the language that it is read in."""
    return [(code, translate_url(path, code)) for code, _name in settings.LANGUAGES]


def language_links(request: HttpRequest, page: Page | None = None) -> list[dict[str, Any]]:
    """[{code, label, url, current}]: the translations of a page that exist and may be read.

    Addresses that are no pages (forum, search) exist in every language of the interface.
    """
    names = dict(settings.LANGUAGES)
    current = get_language() or settings.LANGUAGE_CODE
    if page is None:
        query = iri_to_uri(request.META.get("QUERY_STRING", ""))
        return [
            {
                "code": code,
                "label": names[code],
                "url": with_query(path, query),
                "current": code == current,
            }
            for code, path in _in_languages(escape_uri_path(request.path), current)
        ]
    translations = visible_pages(
        Page.objects.filter(translation_key=page.translation_key), request.user
    ).select_related("locale")
    found = {
        row.locale.language_code: row.get_url(request)
        for row in translations
        if row.locale.language_code in names
    }
    return [
        {"code": code, "label": names[code], "url": found[code], "current": code == current}
        for code in names
        if code in found
    ]
