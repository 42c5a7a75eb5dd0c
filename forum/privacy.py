"""What the forum holds about a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from core.privacy import Holding, Row, register, together, values, written_to
from forum import actions
from forum.models import (
    Attachment,
    CategoryRead,
    CategorySubscription,
    ConfidentialTerm,
    ConsentRequest,
    Draft,
    Mention,
    MentionConsent,
    ModerationLog,
    ModeratorScope,
    Notification,
    NotificationPreferences,
    Post,
    Proposal,
    Reaction,
    Report,
    Topic,
    TopicRead,
    TopicSubscription,
)
from members.models import User

# Not whose notices they were.
_handled = together(("forum.Report", "handled_by", "reason", "state", "answer", "handled_at"))


def _reports(user: User) -> Iterable[Row]:
    own = Report.objects.filter(Q(reporter=user) | written_to("email", user))
    yield from own.values(
        "created_at", "reason", "explanation", "address", "name", "email", "state"
    )
    yield from _handled(user)


def _files(user: User) -> Iterable[FieldFile]:
    return [one.file for one in Attachment.objects.filter(owner=user)]


register(
    Holding(
        name="forum-topics",
        label=_("Topics that you started"),
        links=("forum.Topic.author",),
        rows=values(Topic, "author", "id", "title", "language", "created_at", "state"),
        erase=lambda user: actions.forget_author(user=user),
    ),
    Holding(
        name="forum-posts",
        label=_("Posts"),
        links=("forum.Post.author",),
        rows=values(
            Post,
            "author",
            "id",
            "topic__title",
            "number",
            "source",
            "language",
            "created_at",
            "state",
        ),
    ),
    Holding(
        name="forum-former-texts",
        label=_("Former texts of your posts"),
        links=("forum.PostRevision.editor",),
        rows=together(
            (
                *("forum.PostRevision", "post__author"),
                *("post_id", "version", "source", "replaced_at"),
            ),
            ("forum.PostRevision", "editor", "post_id", "version", "replaced_at"),
        ),
    ),
    Holding(
        name="forum-drafts",
        label=_("Drafts"),
        links=("forum.Draft.owner",),
        rows=values(Draft, "owner", "title", "source", "tags", "language", "updated_at"),
    ),
    Holding(
        name="forum-files",
        label=_("Files attached to posts"),
        links=("forum.Attachment.owner",),
        rows=values(Attachment, "owner", "name", "kind", "size", "alt", "post_id", "created_at"),
        files=_files,
    ),
    Holding(
        name="forum-reactions",
        label=_("Reactions"),
        links=("forum.Reaction.user",),
        rows=values(Reaction, "user", "post_id", "kind"),
    ),
    Holding(
        name="forum-reading",
        label=_("What you have read in topics"),
        links=("forum.TopicRead.user",),
        rows=values(TopicRead, "user", "topic__title", "last_read_number"),
    ),
    Holding(
        name="forum-categories-read",
        label=_("Categories that you marked as read"),
        links=("forum.CategoryRead.user",),
        rows=values(CategoryRead, "user", "category__name", "read_at"),
    ),
    Holding(
        name="forum-topics-followed",
        label=_("Topics that you follow or mute"),
        links=("forum.TopicSubscription.user",),
        rows=values(TopicSubscription, "user", "topic__title", "level"),
    ),
    Holding(
        name="forum-categories-followed",
        label=_("Categories that you follow or mute"),
        links=("forum.CategorySubscription.user",),
        rows=values(CategorySubscription, "user", "category__name", "level"),
    ),
    Holding(
        name="forum-notifications",
        label=_("Inbox of the forum"),
        links=("forum.Notification.user", "forum.Notification.actor"),
        rows=values(Notification, "user", "kind", "topic__title", "created_at", "read_at"),
        untold={
            "forum.Notification.actor": "A line in somebody else's inbox about an act told elsewhere."
        },
    ),
    Holding(
        name="forum-mail",
        label=_("Settings of mail from the forum"),
        links=("forum.NotificationPreferences.user",),
        rows=values(NotificationPreferences, "user", "frequency", "mail_stop"),
    ),
    Holding(
        name="forum-mentions",
        label=_("Where you are mentioned"),
        links=("forum.Mention.user", "forum.MentionConsent.user"),
        rows=values(Mention, "user", "post_id", "created_at"),
    ),
    Holding(
        name="forum-mentions-allowed",
        label=_("Whether you may be mentioned"),
        links=(),
        rows=values(MentionConsent, "user", "given_at"),
    ),
    Holding(
        name="forum-confidential-terms",
        label=_("Words that you keep confidential"),
        links=("forum.ConfidentialTerm.owner",),
        rows=values(ConfidentialTerm, "owner", "text"),
    ),
    Holding(
        name="forum-reports",
        label=_("What you reported"),
        links=("forum.Report.reporter", "forum.Report.handled_by"),
        rows=_reports,
        erase=lambda user: actions.forget_reporter(user=user),
    ),
    Holding(
        name="forum-decisions",
        label=_("Decisions about your posts"),
        links=("forum.Decision.subject", "forum.Decision.moderator"),
        rows=together(
            (
                *("forum.Decision", "subject"),
                *("reference", "measure", "facts", "text_before", "created_at"),
            ),
            ("forum.Decision", "moderator", "reference", "measure", "facts", "created_at"),
        ),
    ),
    Holding(
        name="forum-appeals",
        label=_("Your appeals"),
        links=("forum.Appeal.first_moderator", "forum.Appeal.decided_by"),
        rows=together(
            ("forum.Appeal", "decision__subject", "text", "created_at", "outcome", "answer"),
            ("forum.Appeal", "decided_by", "outcome", "answer", "decided_at"),
            ("forum.Appeal", "first_moderator", "created_at", "outcome"),
        ),
    ),
    Holding(
        name="forum-penalties",
        label=_("Penalties"),
        links=("forum.Penalty.member", "forum.Penalty.lifted_by"),
        rows=together(
            ("forum.Penalty", "member", "kind", "until", "created_at", "lifted_at"),
            ("forum.Penalty", "lifted_by", "kind", "lifted_at"),
        ),
    ),
    Holding(
        name="forum-log",
        label=_("Acts of moderation that concern you"),
        links=("forum.ModerationLog.subject",),
        rows=values(ModerationLog, "subject_id", "action", "post_id", "topic_id", "at"),
    ),
    Holding(
        name="forum-moderation",
        label=_("What you did as a moderator"),
        links=("forum.ModerationLog.actor", "forum.Topic.accepted_by"),
        rows=together(
            (
                *("forum.ModerationLog", "actor_id"),
                *("action", "post_id", "topic_id", "reason", "at"),
            ),
            ("forum.Topic", "accepted_by", "title", "accepted_at"),
        ),
    ),
    Holding(
        name="forum-scope",
        label=_("What you moderate"),
        links=("forum.ModeratorScope.user",),
        rows=values(ModeratorScope, "user", "categories__name", "languages"),
    ),
    Holding(
        name="forum-practices",
        label=_("Best practices that you made of topics"),
        links=("forum.Proposal.editor",),
        rows=values(Proposal, "editor", "topic__title", "page__title", "created_at"),
    ),
    Holding(
        name="forum-quotations",
        label=_("Whether your posts may be quoted in a best practice"),
        links=("forum.ConsentRequest.author",),
        rows=values(
            ConsentRequest, "author", "post_id", "state", "naming", "asked_at", "answered_at"
        ),
    ),
)
