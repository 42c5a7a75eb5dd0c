"""What search sees of events."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from core.audiences import page_tokens
from core.blocks.body import headings, plain_text
from core.searchable import Entry, Searchable, listing_entry, register
from directory.models import ValueChain
from events.models import EventIndexPage, EventPage


class SearchableEvent(Searchable):
    model = EventPage
    kind = "event"
    label = _("Event")
    mentions = (Tag, ValueChain)

    def queryset(self) -> QuerySet[EventPage]:
        return (
            EventPage.objects.live()
            .select_related("locale")
            .prefetch_related("tagged_items__tag", "value_chains")
        )

    def entry(self, obj: EventPage) -> Entry | None:
        audience = page_tokens(obj)
        if not obj.live or not audience:
            return None
        tags = sorted(tag.name for tag in obj.tags.all())
        facets: dict[str, list[str]] = {
            "type": [obj.event_type],
            "country": [obj.country_id] if obj.country_id else [],
            "region": [obj.region_id] if obj.region_id else [],
            "value_chain": sorted(row.pk for row in obj.value_chains.all()),
            "tag": tags,
            "year": [str(obj.local_start.year)],
        }
        return Entry(
            kind=self.kind,
            language=obj.locale.language_code,
            title=obj.title,
            url=obj.url or "",
            audience=audience,
            summary=obj.listing_summary,
            headings="\n".join(filter(None, [headings(obj.body), *tags])),
            body="\n".join(filter(None, [plain_text(obj.body), *_details(obj)])),
            organisation=obj.organiser,
            date=obj.start,
            is_sample=obj.is_sample,
            facets=facets,
        )

    def mentioning(self, other: Tag | ValueChain) -> QuerySet[EventPage]:
        relation = "tags" if isinstance(other, Tag) else "value_chains"
        return EventPage.objects.filter(**{relation: other})


class SearchableEventIndex(Searchable):
    """The list itself, by its title and introduction."""

    model = EventIndexPage
    kind = "page"
    label = _("Page")

    def queryset(self) -> QuerySet[EventIndexPage]:
        return EventIndexPage.objects.live().select_related("locale")

    def entry(self, obj: EventIndexPage) -> Entry | None:
        return listing_entry(obj, kind=self.kind, intro=obj.introduction)


def _details(event: EventPage) -> list[str]:
    return [event.venue, event.city, event.audience, event.accessibility_notes]


register(SearchableEvent())
register(SearchableEventIndex())
