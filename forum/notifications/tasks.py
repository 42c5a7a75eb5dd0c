"""Background work of telling people; apart from `forum.tasks`, for this package needs it itself."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from core.tasks import enqueue
from forum.models import Post
from forum.notifications import mailing, telling


@task()
def tell_followers(*, post_id: int) -> None:
    """Tell those who stand behind the page, and those who follow, of a post, unless it was taken away again meanwhile."""
    found = Post.objects.select_related("topic__category", "topic__page")
    post = found.filter(pk=post_id).first()
    if post is not None:
        telling.tell_owners(post)
    kind = telling.tell_followers(post) if post else None
    if post is not None and kind is not None:
        enqueue(mail_at_once, kind=kind, topic_id=post.topic_id, post_id=post.pk)


@task()
def mail_at_once(*, kind: str, topic_id: int | None, post_id: int | None, after: int = 0) -> None:
    """Mail the new lines of this kind to those who want mail at once, some at a time."""
    last = mailing.mail_at_once(kind=kind, topic_id=topic_id, post_id=post_id, after=after)
    if last is not None:
        enqueue(mail_at_once, kind=kind, topic_id=topic_id, post_id=post_id, after=last)


@task()
def mail_digest(*, user_id: int, now: str) -> None:
    """Mail one account's digest, if it is due at this moment (ISO) and was not sent meanwhile."""
    mailing.mail_digest(user_id=user_id, now=datetime.fromisoformat(now))
