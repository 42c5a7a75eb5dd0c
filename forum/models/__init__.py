"""The forum's data: categories, topics, posts, and the log of what was done to them."""

from forum.models.categories import Category
from forum.models.discussion import Post, Topic
from forum.models.log import ModerationLog

__all__ = ["Category", "ModerationLog", "Post", "Topic"]
