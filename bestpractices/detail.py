"""What the page of one practice shows beside its own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.models import Filter

from bestpractices import texts
from bestpractices.cards import Places, cards
from bestpractices.classification import Classified, classification, tags
from bestpractices.facets import kind_names
from bestpractices.listing import digest
from bestpractices.models import BestPracticePage, CaseStudyPage, PracticeBase
from bestpractices.querysets import CARD_RENDITIONS
from bestpractices.related import related
from bestpractices.structured_data import article
from bestpractices.trail import trail
from bestpractices.uptake import section
from core import generation
from core.audiences import MEMBERS, audience_key, reader_tokens
from core.blocks.targets import readable_pages, targets
from core.jsonld import as_script
from core.models import CustomImage
from core.translations import locale_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


RELATED = 3
MOST_USED = 6
# What components/picture.html and components/social.html draw.
HERO = Filter.expand_spec("format-{avif,webp,jpeg} width-{480,960,1440}")
SHARED = "fill-1200x630|format-jpeg"


def context(practice: BestPracticePage | CaseStudyPage, request: HttpRequest) -> dict[str, Any]:
    """The template's context."""
    is_preview = getattr(request, "is_preview", False)
    around = _around(practice, request, in_memory=True) if is_preview else _kept(practice, request)
    if not PracticeBase._meta.get_field("listing_image").is_cached(practice):
        _fetch_images([practice])
    indicators = list(practice.indicators.all())
    shown = list(texts.sections(practice, indicators=indicators))
    links = [link.value for link in practice.further_information]
    return {
        "sections": shown,
        "contents": texts.contents(practice, shown),
        "indicators": indicators,
        "bars": [row for row in indicators if row.after >= 0 and (row.before or 0) >= 0],
        "key_figures": getattr(practice, "key_figures", ()),
        "links": targets(links, {"request": request}),
        "uptake": None if is_preview else section(practice, request.user),
        "is_member": MEMBERS in reader_tokens(request.user),
        **around,
    }


def _kept(practice: PracticeBase, request: HttpRequest) -> dict[str, Any]:
    """What stands around the text, kept for all readers who may read the same.

    The key names the version that was read: a publication between that reading and this one must
    not leave the old facts under the new generation.
    """
    version = digest(f"{practice.pk} {practice.last_published_at} {practice.url_path}")
    key = f"practices:around:{version}:{get_language()}:{audience_key(request.user)}"
    return generation.cached(key, lambda: _around(practice, request))


def _around(
    practice: PracticeBase, request: HttpRequest, *, in_memory: bool = False
) -> dict[str, Any]:
    """Everything beside the text: the way here, key facts, tags, what machines read, and pages to
    go on to."""
    classified = classification(practice, in_memory=in_memory)
    places = Places()
    steps = trail(practice)
    codes = {facet: list(found) for facet, found in classified.items()}
    nearest = list(related(practice, request.user, codes=codes).card_fields()[:RELATED])
    _fetch_images([practice, *nearest])
    return {
        "kind": kind_names()[practice.kind],
        "trail": steps,
        "facts": facts(practice, classified, places),
        "tags": tags(classified, steps[-1]["url"] if steps else ""),
        "used": _used(practice, request, in_memory=in_memory),
        "used_title": _("Practices used")
        if isinstance(practice, CaseStudyPage)
        else _("Who used it"),
        "related": render_to_string(
            "pages/bestpractices/_grid.html", {"cards": cards(nearest, request)}
        )
        if nearest
        else "",
        "json_ld": _json_ld(practice, classified, places),
    }


def _json_ld(practice: PracticeBase, classified: Classified, places: Places) -> SafeString:
    languages = {pk: code for code, pk in locale_ids().items()}
    return as_script(
        article(
            practice,
            language=languages.get(practice.locale_id, ""),
            place=places.of(practice),
            keywords=[item["text"] for item in tags(classified, "")],
            image_url=_image_url(practice),
        )
    )


def facts(practice: PracticeBase, classified: Classified, places: Places) -> list[dict[str, Any]]:
    """For components/facts.html: who, where, when, how far, under which licence."""
    region = places.region(practice)
    rows = [
        (_("Organisation"), getattr(practice, "organisation", ""), ""),
        (_("Main institution"), practice.main_institution, ""),
        (_("Place"), places.of(practice), ""),
        (_("Region"), f"{region} ({practice.region_id})" if region else "", ""),
        (_("Period"), period(practice.period_start, practice.period_end, practice.ongoing), ""),
        (_("Scope"), practice.get_scope_display() if practice.scope else "", ""),
        (_("Sectors (NACE)"), "; ".join(classified.get("sector", {}).values()), ""),
        (_("Source"), practice.source_name or practice.source_url, practice.source_url),
        (_("Last reviewed"), _day(practice.last_reviewed_on), ""),
        (_("Licence of the text"), practice.get_licence_display(), ""),
    ]
    if getattr(practice, "organisation", "") == practice.main_institution:
        del rows[1]
    return [{"label": name, "value": value, "url": url} for name, value, url in rows]


def period(start: date | None, end: date | None, is_ongoing: bool) -> str:
    """ "March 2016 – ongoing". A first of the month, or of the year, stands for the whole of it."""
    first, last = _roughly(start), _("ongoing") if is_ongoing else _roughly(end)
    return " – ".join(part for part in (first, last) if part)


def _roughly(day: date | None) -> str:
    if day is None:
        return ""
    if day.day > 1:
        return date_format(day)
    return str(day.year) if day.month == 1 else date_format(day, "YEAR_MONTH_FORMAT")


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _fetch_images(practices: Iterable[PracticeBase]) -> None:
    """Fetch the images with every rendition that a page or a card draws: two queries for all."""
    rows = list(practices)
    images = CustomImage.objects.prefetch_renditions(*HERO, SHARED, *CARD_RENDITIONS)
    found = images.in_bulk({row.listing_image_id for row in rows} - {None})
    for row in rows:
        # A preview can show an image that is not saved.
        if row.listing_image_id or row.listing_image is None:
            row.listing_image = found.get(row.listing_image_id)


def _image_url(practice: PracticeBase) -> str:
    image = practice.social_image or practice.listing_image
    return image.get_rendition(SHARED).full_url if image else ""


def _used(practice: PracticeBase, request: HttpRequest, *, in_memory: bool) -> list[dict[str, str]]:
    """The practices that a case study used, or the case studies that used a practice."""
    practices = PracticeBase.objects.card_fields()
    if not isinstance(practice, CaseStudyPage):
        key = practice.translation_key
        pages = list(
            practices.visible_to(request.user)
            .once_each((get_language() or "")[:2], request.user)
            .filter(casestudypage__practices_used__practice__translation_key=key)
            .order_by("title")[:MOST_USED]
        )
    else:
        if in_memory:
            used = practices.filter(
                pk__in=[row.practice_id for row in practice.practices_used.all()]
            )
        else:
            used = practices.filter(bestpracticepage__used_in__case_study_id=practice.pk).order_by(
                "bestpracticepage__used_in__sort_order"
            )
        pages = list(readable_pages(used, request.user).values())
    return [{"title": page.title, "url": page.get_url(request)} for page in pages]
