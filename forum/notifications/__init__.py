"""What people are told. Called by actions, inside their transaction: a rollback tells nobody."""

from forum.notifications.authors import post_hidden, post_published, post_rejected
from forum.notifications.inbox import notify
from forum.notifications.mentions import tell_mentioned

__all__ = ["notify", "post_hidden", "post_published", "post_rejected", "tell_mentioned"]
