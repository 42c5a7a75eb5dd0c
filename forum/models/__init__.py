"""The forum's data: categories, topics, posts, the log of what was done to them, the inbox,
who follows what."""

from forum.models.categories import Category
from forum.models.discussion import Post, Topic
from forum.models.following import (
    CategorySubscription,
    NotificationPreferences,
    TopicSubscription,
)
from forum.models.log import ModerationLog
from forum.models.notifications import Notification

__all__ = [
    "Category",
    "CategorySubscription",
    "ModerationLog",
    "Notification",
    "NotificationPreferences",
    "Post",
    "Topic",
    "TopicSubscription",
]
