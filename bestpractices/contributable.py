"""Best practices and case studies that members propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from bestpractices.contributing import CaseStoryForm, PracticeFactsForm, PracticeStoryForm
from bestpractices.models import (
    BestPracticePage,
    CaseStudyPage,
    PracticeIndexPage,
    PracticeIndicator,
)
from bestpractices.models.base import TITLE_LENGTH
from core import contributable
from core.contributable import Illustration
from core.plaintext import body_blocks, rich_text
from directory.models import CircularStrategy, NaceDivision, ValueChain

TEXTS = (
    "challenge",
    "resources_needed",
    "evidence_text",
    "challenges_encountered",
    "potential_for_transfer",
)
PLAIN = ("title", "location_place", "period_start", "period_end", "ongoing", "scope")
MANY: dict[str, Any] = {
    "value_chains": ValueChain,
    "circular_strategies": CircularStrategy,
    "sectors": NaceDivision,
}


class PracticeKind(contributable.Contributable):
    label = _("Best practice")
    invitation = _("Propose a best practice")
    explanation = _("What worked in one place and may work in another, with its evidence.")
    title_length = TITLE_LENGTH
    story_form = PracticeStoryForm
    facts_form = PracticeFactsForm
    model: type[BestPracticePage | CaseStudyPage] = BestPracticePage
    body = "description"

    def parent(self, language: str) -> Page | None:
        return PracticeIndexPage.for_language(language)

    def blank(self, parent: Page) -> Page:
        return self.model(locale=parent.locale)

    def fill(self, page: Page, values: Mapping[str, Any]) -> None:
        for name in (*PLAIN, *TEXTS):
            if name in values:
                value = values[name]
                setattr(page, name, rich_text(value) if name in TEXTS else value)
        for name, model in MANY.items():
            if name in values:
                setattr(page, name, list(model.objects.filter(pk__in=values[name])))
        for name in ("country", "region"):
            if name in values:
                setattr(page, f"{name}_id", values[name] or None)
        if "summary" in values:
            page.listing_summary = values["summary"]
        if "organisation" in values:
            page.main_institution = values["organisation"]
        if "subject" in values:
            page.organisation = values["subject"]
        if "body" in values:
            setattr(page, self.body, body_blocks(values["body"]))
        if "website" in values:
            link = {"url": values["website"], "title": "", "text": ""}
            page.further_information = [("link", link)] if values["website"] else []
        if "indicators" in values:
            page.indicators = [
                PracticeIndicator(**row, sort_order=place, locale=page.locale)
                for place, row in enumerate(values["indicators"])
            ]

    def illustrate(self, page: Page, pictures: Sequence[Illustration]) -> None:
        first, *others = pictures
        page.listing_image = first.image
        blocks = [(block.block_type, block.value) for block in getattr(page, self.body)]
        blocks += [
            ("figure", {"image": one.image, "alt": "", "caption": one.caption}) for one in others
        ]
        setattr(page, self.body, blocks)


class CaseKind(PracticeKind):
    label = _("Case study")
    invitation = _("Propose a case study")
    explanation = _("The story of one organisation: what it did, and what came of it.")
    story_form = CaseStoryForm
    model = CaseStudyPage
    body = "story"


contributable.register("practice", PracticeKind())
contributable.register("case-study", CaseKind())
