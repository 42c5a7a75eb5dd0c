"""Best practices and case studies of the demo, and their translations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from bestpractices.models import (
    BestPracticePage,
    CaseStudyPage,
    PracticeBase,
    PracticeIndexPage,
    PracticeIndicator,
    PracticeUsed,
)
from core.models.media import Licence
from demo import texts
from demo.publishing import fields, locale, picture, publish, republish, stable_uuid
from demo.registry import Registry
from demo.source import read
from directory.models import CircularStrategy, NaceDivision, Region, ValueChain
from members.models import User

LICENCES = {str(choice.label): choice for choice in Licence}
RICH = (
    "challenge",
    "resources_needed",
    "evidence_text",
    "challenges_encountered",
    "potential_for_transfer",
    "expert_opinion",
)
PUBLISHED_BEFORE_REVIEW = timedelta(days=120)


def key_of(slug: str, language: str = "en") -> str:
    """The key of a practice's page in the registry."""
    return f"page:practices/{slug}:{language}"


@transaction.atomic
def load(registry: Registry, index: PracticeIndexPage | None, author: User | None) -> None:
    """Make the practices below a list, and the translations below the translations of that list."""
    if index is None:
        return
    rows = read("practices")
    # A case study names practices that it used, so they come first.
    for row in sorted(rows, key=lambda row: row["kind"] == "case_study"):
        registry.ensure(
            key_of(row["slug"]),
            PracticeBase,
            lambda row=row: _make(registry, row, index, author),
        )
    by_slug = {row["slug"]: row for row in rows}
    for slug, languages in read("translations")["practices"].items():
        for language, texts_of in languages.items():
            _translate(registry, by_slug[slug], language, texts_of, author)


def reviewed(row: dict[str, Any]) -> datetime:
    """The day of the last review, at noon."""
    day: date = row["last_reviewed_on"]
    return datetime.combine(day, time(12), tzinfo=UTC)


def _make(
    registry: Registry, row: dict[str, Any], index: PracticeIndexPage, author: User | None
) -> PracticeBase:
    kind = CaseStudyPage if row["kind"] == "case_study" else BestPracticePage
    slug = row["slug"]
    page = kind(
        slug=slug,
        translation_key=stable_uuid(f"practice:{slug}"),
        locale=locale(row["language"]),
        is_sample=row["is_sample"],
        country_id=row["country"] or None,
        region_id=_region(row["region"]),
        period_start=row["period_start"],
        period_end=row["period_end"],
        ongoing=row["ongoing"],
        licence=LICENCES[row["licence"]],
        last_reviewed_on=row["last_reviewed_on"],
        listing_image=picture(
            registry,
            f"practices/{slug}:en",
            seed=slug,
            kind=row["image_kind"],
            alt=row["image_alt"],
            title=row["title"],
        ),
        **fields(row, "scope", "source_url", "source_name"),
    )
    _write(page, row, row["language"])
    page.value_chains = list(ValueChain.objects.filter(pk__in=row["value_chains"]))
    page.circular_strategies = list(
        CircularStrategy.objects.filter(pk__in=row["circular_strategies"])
    )
    page.sectors = list(NaceDivision.objects.filter(pk__in=row["sectors"]))
    page.tags.add(*row["tags"])
    if isinstance(page, CaseStudyPage):
        found = [registry.find(key_of(used), BestPracticePage) for used in row["practices_used"]]
        page.practices_used = [
            PracticeUsed(practice=used, sort_order=number)
            for number, used in enumerate(found)
            if used
        ]
    return publish(index, page, author=author, at=reviewed(row) - PUBLISHED_BEFORE_REVIEW)


def _write(page: PracticeBase, row: dict[str, Any], language: str) -> None:
    """Put the texts of one language into a page."""
    page.title = page.draft_title = row["title"]
    page.listing_summary = row["summary"].strip()
    page.main_institution = row["main_institution"] or ""
    page.location_place = row["location_place"] or ""
    for name in RICH:
        setattr(page, name, texts.rich(row[name], language))
    page.further_information = texts.links(row["further_information"], language)
    contact = row["contact"] or {}
    page.contact_role, page.contact_email = contact.get("role", ""), contact.get("email", "")
    page.indicators = [
        _indicator(item, page, number) for number, item in enumerate(row["indicators"])
    ]
    if isinstance(page, CaseStudyPage):
        page.organisation = row["organisation"]
        page.story = texts.body(row["story"], language)
        page.key_figures = [("figure", texts.figure(item)) for item in row["key_figures"]]
    elif isinstance(page, BestPracticePage):
        page.description = texts.body(row["description"], language)


def _indicator(item: dict[str, Any], page: PracticeBase, number: int) -> PracticeIndicator:
    return PracticeIndicator(
        locale=page.locale,
        translation_key=stable_uuid(f"indicator:{page.translation_key}:{number}"),
        sort_order=number,
        before=None if item["before"] is None else Decimal(str(item["before"])),
        after=Decimal(str(item["after"])),
        **fields(item, "name", "unit", "how_measured"),
    )


def _translate(
    registry: Registry,
    row: dict[str, Any],
    language: str,
    translated: dict[str, Any],
    author: User | None,
) -> None:
    source = registry.find(key_of(row["slug"]), PracticeBase)
    if source is None:
        return
    parent = source.get_parent().get_translation_or_none(locale(language))
    if parent is None:
        return

    def make() -> PracticeBase:
        page = source.specific.copy_for_translation(locale(language))
        page.slug = row["slug"]
        page.listing_image = picture(
            registry,
            f"practices/{row['slug']}:{language}",
            seed=row["slug"],
            kind=row["image_kind"],
            alt=translated["image_alt"],
            title=translated["title"],
        )
        _write(page, translated, language)
        return republish(page, author=author, at=reviewed(row) - PUBLISHED_BEFORE_REVIEW)

    registry.ensure(key_of(row["slug"], language), PracticeBase, make)


def _region(code: str) -> str | None:
    return code if code and Region.objects.filter(pk=code).exists() else None
