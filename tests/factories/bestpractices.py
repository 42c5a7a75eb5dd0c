"""Best practices and case studies for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from bestpractices.models import (
    BestPracticePage,
    CaseStudyPage,
    PracticeIndexPage,
    PracticeIndicator,
    PracticeUsed,
)
from core.models import CustomImage

MANY = ("value_chains", "circular_strategies", "sectors")


def make_practice_index(home_page, *, title="Practices", slug="practices", language="en", **fields):
    """A published list of practices below a home page."""
    locale = Locale.objects.get(language_code=language)
    return home_page.add_child(
        instance=PracticeIndexPage(title=title, slug=slug, locale=locale, **fields)
    )


def make_image(title="Weave", **fields):
    """An image with an alternative text."""
    fields.setdefault("description", "A plain weave in two colours")
    return CustomImage.objects.create(
        title=title, file=get_test_image_file(filename=f"{title}.png", size=(240, 160)), **fields
    )


def make_practice(index, *, model=BestPracticePage, live=True, tags=(), indicators=(), **fields):
    """A best practice below the list; the three classifications take codes, indicators dicts."""
    many = {name: fields.pop(name) for name in MANY if name in fields}
    used = fields.pop("practices_used", ())
    fields.setdefault("title", "Shared deadstock shelf")
    fields.setdefault("listing_summary", "Makers pass on what they will not sew.")
    fields.setdefault("locale", index.locale)
    page = model(live=live, **fields)
    for name, codes in many.items():
        field = model._meta.get_field(name)
        setattr(page, name, list(field.related_model.objects.filter(pk__in=codes)))
    page.tags.add(*tags)
    page.indicators = [
        PracticeIndicator(sort_order=number, **row) for number, row in enumerate(indicators)
    ]
    if used:
        page.practices_used = [
            PracticeUsed(practice=practice, sort_order=number)
            for number, practice in enumerate(used)
        ]
    index.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page = model.objects.get(pk=page.pk)
    return page


def make_case_study(index, **fields):
    """A case study below the list; `practices_used` takes best practices."""
    fields.setdefault("title", "The sewing room above the library")
    fields.setdefault("organisation", "Yantra Sewing Room (sample)")
    return make_practice(index, model=CaseStudyPage, **fields)


def make_full_practice(index, **fields):
    """A best practice with something in every field."""
    filled = {
        "title": "Repair corner in the shop",
        "main_institution": "A cooperative shop (sample)",
        "location_place": "Barcelona",
        "country_id": "ES",
        "region_id": "ES51",
        "period_start": datetime(2022, 3, 1, tzinfo=UTC).date(),
        "ongoing": True,
        "scope": "local",
        "value_chains": ["fashion_textile", "circular_economy"],
        "circular_strategies": ["longevity"],
        "sectors": ["95.29"],
        "tags": ["repair", "second hand"],
        "challenge": "<p>Torn clothes were thrown away.</p>",
        "description": [
            {"type": "heading", "value": {"text": "How it works", "level": "h2"}},
            {"type": "text", "value": "<p>A sewing machine stands beside the till.</p>"},
        ],
        "resources_needed": "<p>One machine, two people.</p>",
        "evidence_text": "<p>Ten times as many repairs.</p>",
        "indicators": [
            {
                "name": "Garments repaired",
                "unit": "pieces a year",
                "before": 140,
                "after": 1260,
                "how_measured": "Counted at the till",
            }
        ],
        "challenges_encountered": "<p>Nobody knew the price of a zip.</p>",
        "potential_for_transfer": "<p>Any shop with a spare corner.</p>",
        "further_information": [
            {
                "type": "link",
                "value": {"url": "https://example.org/repair", "title": "Price list", "text": ""},
            }
        ],
        "contact_role": "Shop manager (sample)",
        "contact_email": "repair@example.org",
        "expert_opinion": "<p>Well documented.</p>",
        "last_reviewed_on": timezone.localdate(),
        "is_sample": True,
    }
    return make_practice(index, **{**filled, **fields})
