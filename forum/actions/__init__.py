"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.following import follow_category, follow_topic
from forum.actions.inbox import (
    forget_read_lines,
    mark_read,
    resume_mail,
    set_preferences,
    stop_mail,
    unsubscribe,
)
from forum.actions.moderation import hide_post, publish_post, reject_post, restore_post
from forum.actions.writing import delete_own, reply, start_topic

__all__ = [
    "delete_own",
    "follow_category",
    "follow_topic",
    "forget_read_lines",
    "hide_post",
    "mark_read",
    "publish_post",
    "reject_post",
    "reply",
    "restore_post",
    "resume_mail",
    "set_preferences",
    "start_topic",
    "stop_mail",
    "unsubscribe",
]
