"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.answers import accept_answer, unaccept_answer
from forum.actions.moderation import hide_post, publish_post, reject_post, restore_post
from forum.actions.reactions import react
from forum.actions.reading import mark_all_read, mark_topic_read
from forum.actions.writing import delete_own, reply, start_topic

__all__ = [
    "accept_answer",
    "delete_own",
    "hide_post",
    "mark_all_read",
    "mark_topic_read",
    "publish_post",
    "react",
    "reject_post",
    "reply",
    "restore_post",
    "start_topic",
    "unaccept_answer",
]
