"""Background work of the forum."""

from __future__ import annotations

from django_tasks import task

from core import searchable
from forum.models import Post, Topic

BATCH = 500


@task()
def index_replies(*, topic_id: int) -> None:
    """Have search look at all replies of a topic again, after something changed that they share.

    The opening post is among them: it may have been a reply before.
    """
    for post in Post.objects.filter(topic_id=topic_id).iterator(BATCH):
        searchable.changed(post)


@task()
def index_category(*, category_id: int) -> None:
    """Have search look at everything in a category again, after its audience or address changed."""
    for topic in Topic.objects.filter(category_id=category_id).iterator(BATCH):
        searchable.changed(topic)
    for post in Post.objects.filter(topic__category_id=category_id).iterator(BATCH):
        searchable.changed(post)
