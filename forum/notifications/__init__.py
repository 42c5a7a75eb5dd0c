"""What people are told. Called by actions, inside their transaction: a rollback tells nobody."""

from forum.notifications.authors import appeal_decided, decision_made, post_published
from forum.notifications.inbox import notify
from forum.notifications.mentions import tell_mentioned
from forum.notifications.reporters import notice_received, reports_handled

__all__ = [
    "appeal_decided",
    "decision_made",
    "notice_received",
    "notify",
    "post_published",
    "reports_handled",
    "tell_mentioned",
]
