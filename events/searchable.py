"""What search sees of events."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import page_tokens
from core.blocks.body import headings, plain_text
from core.searchable import Entry, Searchable, register
from events.models import EventPage


class SearchableEvent(Searchable):
    model = EventPage
    kind = "event"
    label = _("Event")

    def queryset(self) -> QuerySet[EventPage]:
        return (
            EventPage.objects.live().select_related("locale").prefetch_related("tagged_items__tag")
        )

    def entry(self, obj: EventPage) -> Entry | None:
        audience = page_tokens(obj)
        if not obj.live or not audience:
            return None
        facets: dict[str, list[str]] = {
            "type": [obj.event_type],
            "country": [obj.country_id] if obj.country_id else [],
            "region": [obj.region_id] if obj.region_id else [],
            "value_chain": sorted(obj.value_chains.values_list("code", flat=True)),
            "tag": sorted(tag.name for tag in obj.tags.all()),
            "year": [str(obj.local_start.year)],
        }
        return Entry(
            kind=self.kind,
            language=obj.locale.language_code,
            title=obj.title,
            url=obj.url or "",
            audience=audience,
            summary=obj.listing_summary,
            headings=headings(obj.body),
            body="\n".join(filter(None, [plain_text(obj.body), *_details(obj)])),
            organisation=obj.organiser,
            date=obj.start,
            is_sample=obj.is_sample,
            facets=facets,
        )


def _details(event: EventPage) -> list[str]:
    return [event.venue, event.city, event.audience, event.accessibility_notes]


register(SearchableEvent())
