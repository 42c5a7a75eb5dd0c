"""Texts that are not sent yet, kept on the server."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from forum import errors, limits, permissions
from forum.actions.writing import line_up
from forum.markdown import LONGEST_SOURCE
from forum.models import Attachment, Category, Draft, Post, Topic
from forum.models.discussion import TITLE_LENGTH
from forum.models.writing import TAGS_LENGTH

if TYPE_CHECKING:
    from wagtail.models import Page

    from members.models import User

KEPT = timedelta(days=180)


@transaction.atomic
def save_draft(
    *,
    owner: User,
    key: UUID,
    source: str,
    language: str,
    topic: Topic | None = None,
    title: str = "",
    tags: str = "",
    category: Category | None = None,
    page: Page | None = None,
) -> Draft | None:
    """Keep a text, in place of what was kept under its key or, for a reply, in its topic.

    `tags` are kept as they are typed. None where there is nothing to keep: an empty text forgets the draft, and what was sent
    meanwhile is no draft any more. Raises NotAllowed, TooManyDrafts.
    """
    if not permissions.may_write(owner):
        raise errors.NotAllowed
    line_up(owner)
    own = Draft.objects.filter(owner=owner)
    same = own.filter(topic=topic) if topic is not None else own.filter(key=key, topic=None)
    title, source = title[:TITLE_LENGTH], source[:LONGEST_SOURCE]
    if not (title.strip() or source.strip()):
        same.delete()
        return None
    if Post.objects.filter(author=owner, submission_key=key).exists():
        return None
    # One form, one draft: a key that was a topic's draft before is none of this one's.
    own.filter(key=key).exclude(pk__in=same.values("pk")).delete()
    draft = same.first()
    most = limits.current().drafts
    if draft is None and own.count() >= most:
        raise errors.TooManyDrafts(most)
    draft = draft or Draft(owner=owner, topic=topic)
    draft.key, draft.title, draft.source = key, title, source
    draft.language, draft.category, draft.page = language, category, page
    draft.tags = tags[:TAGS_LENGTH]
    draft.updated_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, draft: Draft, owner: User) -> None:
    """Forget one's own draft; what was attached to it goes at the next pruning. Raises NotAllowed."""
    if draft.owner_id != owner.pk:
        raise errors.NotAllowed
    # Older than any grace: nobody will send it.
    Attachment.objects.unsent(owner, draft.key).update(created_at=timezone.now() - KEPT)
    draft.delete()


def prune_drafts() -> int:
    """Forget drafts that nobody touched for 180 days; how many."""
    gone, _rows = Draft.objects.filter(updated_at__lt=timezone.now() - KEPT).delete()
    return gone
