"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.appeals import decide_appeal, file_appeal
from forum.actions.moderation import (
    correct_post,
    hide_post,
    publish_post,
    reject_post,
    restore_post,
)
from forum.actions.penalties import lift_penalty, penalise
from forum.actions.reports import dismiss_reports, give_notice, report_post, settle_notice
from forum.actions.rules import revise_rule
from forum.actions.topics import merge_topics, move_topic, set_locked, set_pinned, split_topic
from forum.actions.writing import delete_own, reply, start_topic

__all__ = [
    "correct_post",
    "decide_appeal",
    "delete_own",
    "dismiss_reports",
    "file_appeal",
    "give_notice",
    "hide_post",
    "lift_penalty",
    "merge_topics",
    "move_topic",
    "penalise",
    "publish_post",
    "reject_post",
    "reply",
    "report_post",
    "restore_post",
    "revise_rule",
    "set_locked",
    "set_pinned",
    "settle_notice",
    "split_topic",
    "start_topic",
]
