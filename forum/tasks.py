"""Background work of the forum."""

from __future__ import annotations

from django_tasks import task

from core import searchable
from forum.models import Post, Topic
from forum.querysets import PostQuerySet

BATCH = 500


@task()
def index_topic(*, topic_id: int) -> None:
    """Have search look at a topic again, after a reply came or went."""
    topics = Topic.objects.select_related("category", "author__profile").prefetch_related("tags")
    for topic in topics.filter(pk=topic_id):
        searchable.changed(topic)


@task()
def index_replies(*, topic_id: int) -> None:
    """Have search look at all replies of a topic again, after something changed that they share.

    The opening post is among them: it may have been a reply before.
    """
    for post in _whole_posts().filter(topic_id=topic_id).iterator(BATCH):
        searchable.changed(post)


@task()
def index_category(*, category_id: int) -> None:
    """Have search look at everything in a category again, after its audience or address changed."""
    for topic in Topic.objects.filter(category_id=category_id).iterator(BATCH):
        searchable.changed(topic)
    for post in _whole_posts().filter(topic__category_id=category_id).iterator(BATCH):
        searchable.changed(post)


def _whole_posts() -> PostQuerySet:
    """Posts with what their entries tell, a batch in a few queries."""
    posts = Post.objects.select_related("topic__category", "author__profile")
    return posts.prefetch_related("topic__tags")
