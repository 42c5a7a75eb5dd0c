"""The forum's data: categories, topics, posts, the log of what was done to them, the inbox."""

from forum.models.categories import Category
from forum.models.discussion import Post, Topic
from forum.models.log import ModerationLog
from forum.models.notifications import Notification
from forum.models.practices import ConsentRequest, Proposal

__all__ = [
    "Category",
    "ConsentRequest",
    "ModerationLog",
    "Notification",
    "Post",
    "Proposal",
    "Topic",
]
