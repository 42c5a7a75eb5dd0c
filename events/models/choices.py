"""What kind of event, how one takes part, and whether it takes place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventType(TextChoices):
    FAIR_VISIT = "fair_visit", _("Fair visit")
    MISSION = "mission", pgettext_lazy("kind of event", "Mission")
    WEBINAR = "webinar", _("Webinar")
    WORKSHOP = "workshop", _("Workshop")
    B2B = "b2b", _("Business meetings")
    STUDY_VISIT = "study_visit", _("Study visit")
    TRAINING = "training", pgettext_lazy("kind of event", "Training")
    CONFERENCE = "conference", _("Conference")


class Attendance(TextChoices):
    OFFLINE = "offline", pgettext_lazy("way of taking part", "On site")
    ONLINE = "online", pgettext_lazy("way of taking part", "Online")
    MIXED = "mixed", pgettext_lazy("way of taking part", "On site and online")


class Status(TextChoices):
    """As schema.org distinguishes them: a postponed event waits for a date, a rescheduled one has it."""

    SCHEDULED = "scheduled", pgettext_lazy("state of an event", "Takes place")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")
    POSTPONED = "postponed", pgettext_lazy("state of an event", "Postponed")
    RESCHEDULED = "rescheduled", pgettext_lazy("state of an event", "New date")
