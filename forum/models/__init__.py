"""The forum's data: categories, topics, posts, what readers do with them, the log, the inbox."""

from forum.models.attachments import (
    Attachment,
)
from forum.models.categories import (
    Category,
)
from forum.models.decisions import (
    Appeal,
    Decision,
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
from forum.models.penalties import (
    ModeratorScope,
    Penalty,
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
from forum.models.reports import (
    Report,
)
from forum.models.rules import (
    Rule,
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
    "Appeal",
    "Attachment",
    "Category",
    "CategoryRead",
    "CategorySubscription",
    "ConfidentialTerm",
    "ConsentRequest",
    "Decision",
    "Draft",
    "Mention",
    "MentionConsent",
    "ModerationLog",
    "ModeratorScope",
    "Notification",
    "NotificationPreferences",
    "Penalty",
    "Post",
    "PostRevision",
    "Proposal",
    "Reaction",
    "Report",
    "Rule",
    "Topic",
    "TopicRead",
    "TopicSubscription",
    "TopicTag",
]
