"""Events for tests."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from wagtail.models import Locale

from events.models import EventIndexPage, EventPage


def make_event_index(home_page, *, title="Events", slug="events", language="en", **fields):
    """A published list of events below a home page."""
    locale = Locale.objects.get(language_code=language)
    return home_page.add_child(
        instance=EventIndexPage(title=title, slug=slug, locale=locale, **fields)
    )


def make_event(index, *, title="Sample event", start=None, hours=2, live=True, **fields):
    """A published event; without `start` it begins a week from now.

    `start` may be a datetime in UTC or a number of days from now.
    """
    if start is None or isinstance(start, int):
        start = timezone.now() + timedelta(days=7 if start is None else start)
    end = fields.pop("end", None) or start + timedelta(hours=hours)
    tags = fields.pop("tags", ())
    value_chains = fields.pop("value_chains", ())
    page = EventPage(
        title=title,
        event_type=fields.pop("event_type", "workshop"),
        start=start,
        end=end,
        locale=fields.pop("locale", index.locale),
        live=live,
        is_sample=True,
        **fields,
    )
    page.tags.add(*tags)
    page.value_chains = list(value_chains)
    index.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page = EventPage.objects.get(pk=page.pk)
    return page


def moment(text):
    """A moment from text such as "2026-12-03 10:00", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
