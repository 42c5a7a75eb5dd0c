"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.moderation import hide_post, publish_post, reject_post, restore_post
from forum.actions.pages import compare_with_page
from forum.actions.practices import answer_consent, ask_consent, drop_proposal, make_practice
from forum.actions.writing import delete_own, reply, start_topic

__all__ = [
    "answer_consent",
    "ask_consent",
    "compare_with_page",
    "delete_own",
    "drop_proposal",
    "hide_post",
    "make_practice",
    "publish_post",
    "reject_post",
    "reply",
    "restore_post",
    "start_topic",
]
