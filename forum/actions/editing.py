"""Changing the text of a post; what stood there before is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import generation, searchable
from forum import composition, errors, limits, permissions
from forum.actions.writing import first_state, line_up
from forum.markdown import RENDERER_VERSION
from forum.models import Post, PostRevision, Topic
from forum.states import State
from forum.transitions import lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def edit_post(
    *,
    post: Post,
    editor: User,
    source: str,
    language: str,
    version: int,
    reason: str = "",
) -> Post:
    """Change a post's text and language and keep the former ones.

    `version` is the one that the editor saw. Authors edit what waits at any time and what is
    published for FORUM_EDIT_MINUTES; moderators edit the posts that they moderate, with a reason.
    A text that changes nothing stores nothing. Raises NotAllowed, AlreadyHandled, ReasonMissing,
    TooLate, TopicClosed, StillChecked, TooManyEdits and what `composition.compose` raises.
    """
    is_own = post.author_id == editor.pk
    line_up(editor)
    topic = lock(post.topic_id)
    current = Post.objects.get(pk=post.pk)
    if is_own:
        _may_change_own(editor, current, topic)
    elif not permissions.may_edit_others(editor, current):
        raise errors.NotAllowed
    elif not reason.strip():
        raise errors.ReasonMissing
    if current.version != version:
        raise errors.AlreadyHandled(by="")
    text = composition.compose(
        author=editor, source=source, topic=topic, post=current, trusted=not is_own
    )
    if (text.source, language) != (current.source, current.language):
        _replace(current, text, language, editor, reason.strip())
        _bring_up_to_date(current, topic)
        composition.name_members(current, text.members)
    for name in ("source", "html", "language", "version", "edited_at", "renderer_version"):
        setattr(post, name, getattr(current, name))
    post.topic = topic
    return post


def _may_change_own(author: User, post: Post, topic: Topic) -> None:
    if not permissions.may_write(author) or post.state not in permissions.EDITABLE:
        raise errors.NotAllowed
    if PostRevision.objects.filter(post=post).count() >= limits.current().edits_per_post:
        raise errors.TooManyEdits
    if post.state == State.PENDING or permissions.may_moderate(author):
        return
    if not permissions.is_fresh(post):
        raise errors.TooLate
    if topic.locked:
        raise errors.TopicClosed
    # The post itself earns no trust for its own change.
    if first_state(author, topic.category, apart_from=post) != State.PUBLISHED:
        raise errors.StillChecked


def _replace(post: Post, text: composition.Text, language: str, editor: User, reason: str) -> None:
    """Compare-and-swap on the version, with the former text put aside."""
    is_published = post.state == State.PUBLISHED
    former = PostRevision(
        post=post,
        version=post.version,
        source=post.source,
        html=post.html,
        language=post.language,
        is_public=is_published and post.author_id == editor.pk,
        editor=editor,
        reason=reason,
    )
    values = {
        "source": text.source,
        "html": text.html,
        "renderer_version": RENDERER_VERSION,
        "language": language,
        "version": post.version + 1,
    }
    if is_published:
        values["edited_at"] = timezone.now()
    same = Post.objects.filter(pk=post.pk, version=post.version, state=post.state)
    if not same.update(**values):
        raise errors.AlreadyHandled(by="")
    former.save(force_insert=True)
    for name, value in values.items():
        setattr(post, name, value)


def _bring_up_to_date(post: Post, topic: Topic) -> None:
    """Search and the kept pages; an opening post's language is its topic's."""
    if post.is_opening and topic.language != post.language:
        topic.language = post.language
        topic.save(update_fields=["language"])
    post.topic = topic
    if post.state == State.PUBLISHED:
        generation.bump()
        searchable.changed(topic)
        searchable.changed(post)
