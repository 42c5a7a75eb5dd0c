"""Events that an organisation holds, for its profile in the directory."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.mentions import MOST_EACH, Mention, names_of, register
from directory.models import Organisation
from events.models import EventPage


def held_by(organisation: Organisation, request: HttpRequest) -> list[Mention]:
    """The events of this organiser that this reader may read, the latest first; one query."""
    events = EventPage.objects.visible_to(request.user).filter(organiser__in=names_of(organisation))
    shown = events.select_related("locale").order_by("-start", "-pk")[:MOST_EACH]
    return [
        Mention(
            title=event.title,
            url=event.get_url(request) or "",
            kind=date_format(localtime(event.start), "DATE_FORMAT"),
            badge=_now("Sample") if event.is_sample else "",
        )
        for event in shown
    ]


register("events", _("Events"), held_by)
