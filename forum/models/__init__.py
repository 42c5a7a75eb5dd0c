"""The forum's data: categories, topics, posts, what is done to them and why, the inbox."""

from forum.models.categories import Category
from forum.models.decisions import Appeal, Decision
from forum.models.discussion import Post, Topic
from forum.models.log import ModerationLog
from forum.models.notifications import Notification
from forum.models.penalties import ModeratorScope, Penalty
from forum.models.reports import Report
from forum.models.rules import Rule

__all__ = [
    "Appeal",
    "Category",
    "Decision",
    "ModerationLog",
    "ModeratorScope",
    "Notification",
    "Penalty",
    "Post",
    "Report",
    "Rule",
    "Topic",
]
