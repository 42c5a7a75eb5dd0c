"""Events that members propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core import contributable
from core.contributable import Illustration
from core.plaintext import body_blocks
from directory.models import ValueChain
from events.contributing import EventFactsForm, EventStoryForm
from events.models import EventIndexPage, EventPage

TITLE_LENGTH = 150
PLAIN = (
    *("title", "audience", "accessibility_notes", "event_type", "start", "end", "timezone"),
    *("all_day", "attendance", "venue", "city", "online_url", "capacity", "languages"),
)


class EventKind(contributable.Contributable):
    label = _("Event")
    invitation = _("Propose an event")
    explanation = _("A fair visit, webinar, workshop or anything else that others should know of.")
    title_length = TITLE_LENGTH
    story_form = EventStoryForm
    facts_form = EventFactsForm

    def parent(self, language: str) -> Page | None:
        return EventIndexPage.for_language(language)

    def blank(self, parent: Page) -> Page:
        return EventPage(locale=parent.locale)

    def fill(self, page: Page, values: Mapping[str, Any]) -> None:
        for name in PLAIN:
            if name in values:
                setattr(page, name, values[name])
        for name in ("country", "region"):
            if name in values:
                setattr(page, f"{name}_id", values[name] or None)
        if "summary" in values:
            page.listing_summary = values["summary"]
        if "organisation" in values:
            page.organiser = values["organisation"]
        if "body" in values:
            page.body = body_blocks(values["body"])
        if "value_chains" in values:
            page.value_chains = list(ValueChain.objects.filter(pk__in=values["value_chains"]))

    def illustrate(self, page: Page, pictures: Sequence[Illustration]) -> None:
        first, *others = pictures
        page.listing_image = first.image
        page.body = [
            *((block.block_type, block.value) for block in page.body),
            *(
                ("figure", {"image": one.image, "alt": "", "caption": one.caption})
                for one in others
            ),
        ]


contributable.register("event", EventKind())
