"""Pages of any type as components/card.html and breadcrumbs.html draw them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.models import Filter
from wagtail.models import Page

from core import searchable
from core.audiences import visible_pages
from core.models import CustomImage
from core.translations import locale_ids

# The sizes that components/card.html asks for.
CARD_IMAGES = Filter.expand_spec("format-{avif,webp,jpeg} fill-{480x320,960x640}")


def specific_pages(pages: Iterable[Page]) -> list[Page]:
    """The same pages, each of its own type, in the same order: one query for each type."""
    rows = list(pages)
    by_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in rows:
        by_type[page.specific_class or Page].append(page.pk)
    found: dict[int, Page] = {}
    for model, pks in by_type.items():
        found.update(model.objects.defer_streamfields().in_bulk(pks))
    return [found[row.pk] for row in rows if row.pk in found]


def cards(
    pages: Iterable[Page], images: dict[int, CustomImage], request: HttpRequest
) -> list[dict[str, Any]]:
    """One card for each page, in the order given; the caller has checked that they may be read.

    `pages` come from `specific_pages`, `images` from `load_images(listing_images(pages), …)`.
    """
    languages = {pk: code for code, pk in locale_ids().items()}
    return [_card(page, images, languages, request) for page in pages]


def listing_images(pages: Iterable[Page]) -> list[int | None]:
    """The keys of the images that stand for these pages in lists."""
    return [getattr(page, "listing_image_id", None) for page in pages]


def load_images(wanted: Iterable[int | None], sizes: list[str]) -> dict[int, CustomImage]:
    """{pk: image with the renditions of these sizes}: two queries, none without an image."""
    pks = {pk for pk in wanted if pk}
    if not pks:
        return {}
    return CustomImage.objects.prefetch_renditions(*sizes).in_bulk(pks)


def _card(
    page: Page, images: dict[int, CustomImage], languages: dict[int, str], request: HttpRequest
) -> dict[str, Any]:
    known = searchable.for_model(type(page))
    language = languages.get(page.locale_id, "")
    return {
        "url": page.get_url(request),
        "title": page.title,
        # "Page" would tell nobody anything.
        "eyebrow": known.label if known and known.kind != "page" else "",
        "summary": getattr(page, "listing_summary", ""),
        "image": images.get(getattr(page, "listing_image_id", None) or 0),
        "badge": _("Sample") if getattr(page, "is_sample", False) else "",
        "lang": "" if language == get_language() else language,
    }


def trail(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """[{title, url}] from the home page to the parent of a page, as far as the reader may see."""
    above = visible_pages(page.get_ancestors().filter(depth__gt=1), request.user).order_by("path")
    return [{"title": step.title, "url": step.get_url(request)} for step in above]
