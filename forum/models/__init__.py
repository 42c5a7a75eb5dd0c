"""The forum's data: categories, topics, posts, what readers do with them, the log, the inbox."""

from forum.models.attachments import (
    Attachment,
)
from forum.models.categories import (
    Category,
)
from forum.models.discussion import (
    Post,
    Topic,
)
from forum.models.following import (
    CategorySubscription,
    NotificationPreferences,
    TopicSubscription,
)
from forum.models.log import (
    ModerationLog,
)
from forum.models.notifications import (
    Notification,
)
from forum.models.practices import (
    ConsentRequest,
    Proposal,
)
from forum.models.reactions import (
    Reaction,
)
from forum.models.reading import (
    CategoryRead,
    TopicRead,
)
from forum.models.tags import (
    TopicTag,
)
from forum.models.writing import (
    ConfidentialTerm,
    Draft,
    Mention,
    MentionConsent,
    PostRevision,
)

__all__ = [
    "Attachment",
    "Category",
    "CategoryRead",
    "CategorySubscription",
    "ConfidentialTerm",
    "ConsentRequest",
    "Draft",
    "Mention",
    "MentionConsent",
    "ModerationLog",
    "Notification",
    "NotificationPreferences",
    "Post",
    "PostRevision",
    "Proposal",
    "Reaction",
    "Topic",
    "TopicRead",
    "TopicSubscription",
    "TopicTag",
]
