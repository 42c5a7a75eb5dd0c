"""When somebody leaves for good: threads stay whole, under no name (forum.md, "Identity")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core import searchable
from core.privacy import written_to
from forum.actions.attachments import remove_unsent
from forum.models import Post, Report, Topic
from forum.states import State

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def forget_author(*, user: User) -> None:
    """Take a person's name off topics and posts, and out of what search knows of them."""
    topics = list(Topic.objects.filter(author=user, state=State.PUBLISHED))
    replies = list(Post.objects.filter(author=user, state=State.PUBLISHED, is_opening=False))
    Topic.objects.filter(author=user).update(author=None)
    Post.objects.filter(author=user).update(author=None)
    for topic in topics:
        topic.author = None
        searchable.changed(topic)
    for reply in replies:
        reply.author = None
        searchable.changed(reply)
    remove_unsent(owner=user)


@transaction.atomic
def forget_reporter(*, user: User) -> None:
    """Keep what was reported, for its decision, but not who reported it."""
    own = Report.objects.filter(Q(reporter=user) | written_to("email", user))
    own.update(reporter=None, name="", email="")
