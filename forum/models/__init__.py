"""The forum's data: categories, topics, posts, the log of what was done to them, the inbox."""

from forum.models.categories import Category
from forum.models.discussion import Post, Topic
from forum.models.log import ModerationLog
from forum.models.notifications import Notification

__all__ = ["Category", "ModerationLog", "Notification", "Post", "Topic"]
