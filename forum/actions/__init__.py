"""What can be done in the forum; nothing else changes a state.

Every act is atomic. What it refuses it refuses with an exception of `forum.errors`, before
anything is stored.
"""

from forum.actions.answers import (
    accept_answer,
    unaccept_answer,
)
from forum.actions.appeals import (
    concerned,
    contest_report,
    decide_appeal,
    file_appeal,
)
from forum.actions.attachments import (
    attach,
    describe,
    detach,
    prune_attachments,
)
from forum.actions.drafts import (
    discard_draft,
    prune_drafts,
    save_draft,
)
from forum.actions.editing import (
    edit_post,
)
from forum.actions.erasing import forget_author, forget_reporter
from forum.actions.following import (
    follow_category,
    follow_topic,
)
from forum.actions.inbox import (
    mark_read,
    resume_mail,
    set_preferences,
    stop_mail,
    unsubscribe,
)
from forum.actions.merging import (
    merge_topics,
    split_topic,
)
from forum.actions.moderation import (
    correct_post,
    hide_post,
    publish_post,
    reject_post,
    restore_post,
)
from forum.actions.pages import (
    compare_with_page,
)
from forum.actions.penalties import (
    lift_penalty,
    penalise,
)
from forum.actions.practices import (
    answer_consent,
    ask_consent,
    drop_proposal,
    make_practice,
)
from forum.actions.preferences import (
    keep_preferences,
)
from forum.actions.reactions import (
    react,
)
from forum.actions.reading import (
    mark_all_read,
    mark_topic_read,
)
from forum.actions.reports import (
    dismiss_reports,
    give_notice,
    report_post,
    settle_notice,
)
from forum.actions.rules import (
    revise_rule,
)
from forum.actions.scopes import (
    assign_moderators,
)
from forum.actions.tagging import (
    set_tags,
)
from forum.actions.topics import (
    move_topic,
    set_locked,
    set_pinned,
)
from forum.actions.writing import (
    delete_own,
    reply,
    start_topic,
)

__all__ = [
    "accept_answer",
    "answer_consent",
    "ask_consent",
    "assign_moderators",
    "attach",
    "compare_with_page",
    "concerned",
    "contest_report",
    "correct_post",
    "decide_appeal",
    "delete_own",
    "describe",
    "detach",
    "discard_draft",
    "dismiss_reports",
    "drop_proposal",
    "edit_post",
    "file_appeal",
    "follow_category",
    "follow_topic",
    "forget_author",
    "forget_reporter",
    "give_notice",
    "hide_post",
    "keep_preferences",
    "lift_penalty",
    "make_practice",
    "mark_all_read",
    "mark_read",
    "mark_topic_read",
    "merge_topics",
    "move_topic",
    "penalise",
    "prune_attachments",
    "prune_drafts",
    "publish_post",
    "react",
    "reject_post",
    "reply",
    "report_post",
    "restore_post",
    "resume_mail",
    "revise_rule",
    "save_draft",
    "set_locked",
    "set_pinned",
    "set_preferences",
    "set_tags",
    "settle_notice",
    "split_topic",
    "start_topic",
    "stop_mail",
    "unaccept_answer",
    "unsubscribe",
]
