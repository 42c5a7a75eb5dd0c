from events.models.choices import Attendance, EventType, Status
from events.models.event import EventPage, EventTag
from events.models.index import EventIndexPage

__all__ = ["Attendance", "EventIndexPage", "EventPage", "EventTag", "EventType", "Status"]
