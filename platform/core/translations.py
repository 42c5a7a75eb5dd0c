"""In which languages an address exists."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, override
from wagtail.models import Locale, Page

from core import generation
from core.addresses import with_query
from core.audiences import visible_pages


def locale_ids() -> dict[str, int]:
    """{language code: primary key} of the locales of the content."""

    def read() -> dict[str, int]:
        return dict(Locale.objects.values_list("language_code", "pk"))

    return generation.cached("locales", read)


def _address_in(code: str, request: HttpRequest) -> str:
    """The same address in another language; what no view answers stays as it is."""
    match, address = request.resolver_match, request.get_full_path()
    if match is None or not match.url_name:
        return translate_url(address, code)
    with override(code):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return address
    return with_query(path, address.partition("?")[2])


def language_links(request: HttpRequest, page: Page | None = None) -> list[dict[str, Any]]:
    """[{code, label, url, current}]: the translations of a page that exist and may be read.

    Addresses that are no pages (forum, search) exist in every language of the interface.
    """
    names = dict(settings.LANGUAGES)
    current = get_language() or settings.LANGUAGE_CODE
    if page is None:
        return [
            {
                "code": code,
                "label": name,
                "url": _address_in(code, request),
                "current": code == current,
            }
            for code, name in names.items()
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
