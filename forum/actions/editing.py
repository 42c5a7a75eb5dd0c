"""Changing the text of a post; what stood there before is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import generation, searchable
from core.swapping import swap
from core.tasks import enqueue
from forum import composition, errors, limits, permissions, tasks
from forum.actions.attachments import remove_file
from forum.actions.writing import first_state, line_up
from forum.markdown import RENDERER_VERSION
from forum.models import Attachment, Post, PostRevision, Topic
from forum.names import slug_of
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
    title: str = "",
    key: UUID | None = None,
    removed: Collection[UUID] = (),
) -> Post:
    """Change a post's text and language and keep the former ones.

    `version` is the one that the editor saw. Authors edit what waits at any time and what is
    published for FORUM_EDIT_MINUTES; moderators edit the posts that they moderate, with a reason unless
    it is their own.
    `title` is the new one of the topic that the post opens; empty leaves it. What was attached under
    the submission `key` comes to the post, its files of the keys `removed` go for good.
    What changes nothing stores nothing. Raises NotAllowed, AlreadyHandled, ReasonMissing, TooLate,
    TopicClosed, StillChecked, TooManyEdits, TooManyFiles and what `composition.compose` raises.
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
        author=editor, source=source, topic=topic, key=key, post=current, trusted=not is_own
    )
    title = title if title and current.is_opening else topic.title
    files = Files.of(current, editor, key, removed)
    is_new_text = (text.source, language) != (current.source, current.language)
    if is_new_text or files.change or title != topic.title:
        _replace(current, text, language, editor, reason.strip(), title=topic.title, files=files)
        files.settle(current)
        _bring_up_to_date(current, topic, title)
        composition.name_members(current, text.members)
    for name in ("source", "html", "language", "version", "edited_at", "renderer_version"):
        setattr(post, name, getattr(current, name))
    post.topic = topic
    return post


@dataclass(frozen=True, slots=True)
class Files:
    """What an edit does to the files of a post."""

    former: list[Attachment]
    removed: list[Attachment]
    added: list[Attachment]

    @classmethod
    def of(cls, post: Post, editor: User, key: UUID | None, removed: Collection[UUID]) -> Files:
        """Raises TooManyFiles where more would be left than a post can have."""
        former = list(post.attachments.all())
        going = [one for one in former if one.pk in set(removed)]
        added = list(Attachment.objects.unsent(editor, key)) if key is not None else []
        most = limits.current().attachments_per_post
        if added and len(former) - len(going) + len(added) > most:
            raise errors.TooManyFiles(most)
        return cls(former, going, added)

    @property
    def change(self) -> bool:
        return bool(self.removed or self.added)

    def settle(self, post: Post) -> None:
        """Do it."""
        for one in self.removed:
            remove_file(one)
        Attachment.objects.filter(pk__in=[one.pk for one in self.added]).update(post=post)


def _may_change_own(author: User, post: Post, topic: Topic) -> None:
    if not permissions.may_write(author) or post.state not in permissions.EDITABLE:
        raise errors.NotAllowed
    if PostRevision.objects.filter(post=post).count() >= limits.current().edits_per_post:
        raise errors.TooManyEdits
    if post.state == State.PENDING or permissions.looks_after(author, post, topic):
        return
    if not permissions.is_fresh(post):
        raise errors.TooLate
    if topic.locked:
        raise errors.TopicClosed
    # The post itself earns no trust for its own change.
    if first_state(author, topic.category, apart_from=post) != State.PUBLISHED:
        raise errors.StillChecked


def _replace(
    post: Post,
    text: composition.Text,
    language: str,
    editor: User,
    reason: str,
    *,
    title: str,
    files: Files,
) -> None:
    """Compare-and-swap on the version, with the former text, title and names of files put aside."""
    is_published = post.state == State.PUBLISHED
    former = PostRevision(
        post=post,
        version=post.version,
        source=post.source,
        html=post.html,
        language=post.language,
        title=title if post.is_opening else "",
        files=[one.name for one in files.former],
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
    same = Post.objects.filter(version=post.version, state=post.state)
    swap(post, same, errors.AlreadyHandled, **values)
    former.save(force_insert=True)


def _bring_up_to_date(post: Post, topic: Topic, title: str) -> None:
    """Search and the kept pages; an opening post's language is its topic's."""
    is_renamed = title != topic.title
    if post.is_opening and (is_renamed or topic.language != post.language):
        topic.title, topic.slug, topic.language = title, slug_of(title), post.language
        topic.save(update_fields=["title", "slug", "language"])
    post.topic = topic
    if post.state == State.PUBLISHED:
        generation.bump(generation.Area.POSTS)
        searchable.changed(topic)
        searchable.changed(post)
        if is_renamed and topic.reply_count:
            enqueue(tasks.index_replies, topic_id=topic.pk)
