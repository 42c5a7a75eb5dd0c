"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.attachments import attach, describe, detach, prune_attachments
from forum.actions.drafts import discard_draft, prune_drafts, save_draft
from forum.actions.editing import edit_post
from forum.actions.moderation import hide_post, publish_post, reject_post, restore_post
from forum.actions.preferences import keep_preferences
from forum.actions.writing import delete_own, reply, start_topic

__all__ = [
    "attach",
    "delete_own",
    "describe",
    "detach",
    "discard_draft",
    "edit_post",
    "hide_post",
    "keep_preferences",
    "prune_attachments",
    "prune_drafts",
    "publish_post",
    "reject_post",
    "reply",
    "restore_post",
    "save_draft",
    "start_topic",
]
