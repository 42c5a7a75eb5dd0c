"""The machinery under writing and editing: from what was typed to what is stored with a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from forum import errors, limits, notifications, permissions
from forum.markdown import LONGEST_HTML, plain, render
from forum.models import Attachment, Draft, Mention, Post, Topic
from forum.references import resolve

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is stored, whom it addresses, and whether files came with it."""

    source: str
    html: str
    members: frozenset[int]
    has_files: bool = False


def compose(
    *,
    author: User,
    source: str,
    topic: Topic | None,
    key: UUID | None = None,
    post: Post | None = None,
    trusted: bool = False,
) -> Text:
    """Render a text and check all of it that can be refused; nothing is stored.

    `post` is the one that an edit changes, `key` the submission whose attachments come along.
    Raises Empty, TooLong, TooManyLinks, TooManyMentions, TooManyMentionsToday, TooManyFiles,
    NotDescribed.
    """
    resolved = resolve(source, topic=topic, before=post.source if post else "")
    html = render(resolved.source)
    if not plain(html):
        raise errors.Empty
    if len(html) > LONGEST_HTML:
        raise errors.TooLong
    members = resolved.members - {author.pk}
    if not trusted:
        _few_links(author, html)
        _few_mentions(author, post, members)
    has_files = key is not None and _good_attachments(author, key)
    return Text(resolved.source, html, members, has_files)


def finish(post: Post, text: Text) -> None:
    """Put beside a new post what came with it, forget the draft, and tell whom it names."""
    if post.author is None:
        return
    if text.has_files:
        Attachment.objects.unsent(post.author, post.submission_key).update(post=post)
    written = Q(key=post.submission_key)
    if not post.is_opening:
        written |= Q(topic=post.topic)
    Draft.objects.filter(written, owner=post.author).delete()
    name_members(post, text.members)


def name_members(post: Post, members: frozenset[int]) -> None:
    """Keep whom a post names, and tell those who are named for the first time."""
    Mention.objects.bulk_create(
        [Mention(post=post, user_id=pk) for pk in sorted(members)], ignore_conflicts=True
    )
    if members:
        notifications.tell_mentioned(post)


def _few_links(author: User, html: str) -> None:
    allowed = limits.current()
    most = allowed.new_links if limits.is_new(author) else allowed.links
    if permissions.may_moderate(author):
        return
    if html.count("<a ") > most:
        raise errors.TooManyLinks(most)


def _few_mentions(author: User, post: Post | None, members: frozenset[int]) -> None:
    """Of an edit only the new names count; those that were taken out before count on."""
    if not members:
        return
    allowed = limits.current()
    known = set(Mention.objects.filter(post=post).values_list("user", flat=True)) if post else set()
    added = members - known
    if len(known | members) > allowed.mentions_per_post:
        raise errors.TooManyMentions(allowed.mentions_per_post)
    day = timezone.now() - timedelta(days=1)
    today = Mention.objects.filter(post__author=author, created_at__gt=day).count()
    if added and today + len(added) > allowed.mentions_per_day:
        raise errors.TooManyMentionsToday


def _good_attachments(author: User, key: UUID) -> bool:
    """Whether there are any; they are few, and each says what it shows."""
    files = list(Attachment.objects.unsent(author, key))
    most = limits.current().attachments_per_post
    if len(files) > most:
        raise errors.TooManyFiles(most)
    if not all(one.is_described for one in files):
        raise errors.NotDescribed
    return bool(files)
