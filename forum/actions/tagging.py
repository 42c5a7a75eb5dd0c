"""The tags of a topic, after it was started."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from taggit.models import Tag

from core import generation, searchable
from forum import errors, permissions, standing
from forum.actions.topics import log
from forum.models import Topic
from forum.models.tags import MOST_TAGS
from forum.states import OtherAct, State
from forum.transitions import lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def set_tags(*, topic: Topic, editor: User, tags: Iterable[Tag]) -> Topic:
    """Give a topic these tags and no others, of which the first MOST_TAGS are taken; logged.

    What changes nothing stores nothing. Raises NotAllowed.
    """
    standing.forget(editor)
    locked = lock(topic.pk)
    if not permissions.may_tag(editor, locked):
        raise errors.NotAllowed
    wanted = list(tags)[:MOST_TAGS]
    before = set(locked.tags.all())
    if before == set(wanted):
        return locked
    locked.tags.set(wanted)
    log(locked, editor, OtherAct.TAG, f"{_names(before)} → {_names(wanted)}")
    if locked.state == State.PUBLISHED:
        generation.bump(generation.Area.POSTS)
        searchable.changed(locked)
    return locked


def _names(tags: Iterable[Tag]) -> str:
    return ", ".join(sorted(tag.name for tag in tags)) or "–"
