"""The forum's data: categories, topics, posts, what belongs to writing, the log, the inbox."""

from forum.models.attachments import Attachment
from forum.models.categories import Category
from forum.models.discussion import Post, Topic
from forum.models.log import ModerationLog
from forum.models.notifications import Notification
from forum.models.writing import ConfidentialTerm, Draft, Mention, MentionConsent, PostRevision

__all__ = [
    "Attachment",
    "Category",
    "ConfidentialTerm",
    "Draft",
    "Mention",
    "MentionConsent",
    "ModerationLog",
    "Notification",
    "Post",
    "PostRevision",
    "Topic",
]
