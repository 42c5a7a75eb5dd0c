"""What happens to topics about a page when the page changes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from core import generation
from core.revisions import same_content
from forum import notifications
from forum.models import Notification, Post, Topic
from forum.models.notifications import Kind
from forum.querysets import TopicQuerySet


@transaction.atomic
def compare_with_page(*, page: Page, published: Revision) -> None:
    """Mark the topics about a page that now says something else than when they were started.

    Called when a revision of it is published. The mark has the date of the latest change, and goes
    when the page says again what it said. Where there is an accepted answer, who asked and who
    answered are told of each change, unless they have such a line about the topic that they have
    not read.
    """
    topics = Topic.objects.filter(page_id=page.pk, page_revision__isnull=False)
    bound = topics.order_by().values_list("page_revision", "page_seen").distinct()
    for began, seen in list(bound):
        about = topics.filter(page_revision=began, page_seen=seen)
        if _says_the_same(began, published):
            marked = about.filter(page_changed_at__isnull=False)
            changed = marked.update(page_changed_at=None, page_seen=None)
        elif seen is not None and _says_the_same(seen, published):
            changed = 0
        else:
            _tell(about)
            changed = about.update(page_changed_at=timezone.now(), page_seen=published)
        if changed:
            generation.bump()


def _says_the_same(revision: int, published: Revision) -> bool:
    content = Revision.objects.values_list("content", flat=True).get(pk=revision)
    return same_content(content, published.content)


def _tell(topics: TopicQuerySet) -> None:
    answers = Post.objects.published().filter(pk__in=topics.solved().values("accepted"))
    for answer in answers.select_related("topic"):
        topic = answer.topic
        people = {pk for pk in (topic.author_id, answer.author_id) if pk is not None}
        unread = Notification.objects.filter(topic=topic, kind=Kind.STALE, read_at=None)
        people -= set(unread.values_list("user_id", flat=True))
        notifications.notify(recipients=people, kind=Kind.STALE, topic=topic, post=answer)
