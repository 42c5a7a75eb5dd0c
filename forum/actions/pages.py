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

    Called when a revision of it is published. A mark keeps its first date, and goes when the page
    says again what it said. Where there is an accepted answer, who asked and who answered are told
    of the mark, unless they have such a line about the topic that they have not read.
    """
    topics = Topic.objects.filter(page_id=page.pk, page_revision__isnull=False)
    bound = topics.order_by().values_list("page_revision", flat=True).distinct()
    for revision in Revision.objects.filter(pk__in=bound):
        about = topics.filter(page_revision=revision)
        if same_content(revision.content, published.content):
            changed = about.filter(page_changed_at__isnull=False).update(page_changed_at=None)
        else:
            unmarked = about.filter(page_changed_at__isnull=True)
            _tell(unmarked)
            changed = unmarked.update(page_changed_at=timezone.now())
        if changed:
            generation.bump()


def _tell(topics: TopicQuerySet) -> None:
    answers = Post.objects.published().filter(pk__in=topics.solved().values("accepted"))
    for answer in answers.select_related("topic"):
        topic = answer.topic
        people = {pk for pk in (topic.author_id, answer.author_id) if pk is not None}
        unread = Notification.objects.filter(topic=topic, kind=Kind.STALE, read_at=None)
        people -= set(unread.values_list("user_id", flat=True))
        notifications.notify(recipients=people, kind=Kind.STALE, topic=topic, post=answer)
