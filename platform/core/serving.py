"""How pages are served: by the one rule of visibility instead of Wagtail's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page, Site

from core import generation
from core.audiences import may_read, page_tokens
from core.translations import locale_ids


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the live page at this path below the site's root.

    Raises Http404 where there is none, and where this reader may not read it. Wagtail's own view
    would ask for the restrictions once more and send visitors to the log-in, which tells them that
    the page exists.
    """
    page, args, kwargs = _root(request).route(request, [part for part in path.split("/") if part])
    if not may_read(request.user, page_tokens(page)):
        raise Http404
    address = _in_its_own_language(request, page)
    if address:
        return redirect(address)
    return page.serve(request, *args, **kwargs)


def _root(request: HttpRequest) -> Page:
    """The home page of the active language, else of the first. Raises Http404 without a site.

    Every page begins here, so it is read once for each generation of the content.
    """

    def read() -> tuple[Site | None, Page | None]:
        site = Site.find_for_request(request)
        return site, site.root_page.localized.specific if site else None

    site, root = generation.cached(
        f"root:{request.get_host()}:{get_language()}", read, areas=[generation.Area.SITE]
    )
    if root is None:
        raise Http404
    request._wagtail_site = site  # type: ignore[attr-defined]
    return root


def _in_its_own_language(request: HttpRequest, page: Page) -> str | None:
    """The address to go to instead, or None where the page is at home here.

    Wagtail shows the pages of the first language under every language without a home page.
    """
    own = {pk: code for code, pk in locale_ids().items()}.get(page.locale_id)
    if own is None or own == get_language():
        return None
    here = request.get_full_path()
    there = translate_url(here, own)
    return None if there == here else there
