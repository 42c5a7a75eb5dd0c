"""What search sees of the forum: published topics and replies, for the category's audience."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.searchable import Entry, Searchable, register
from forum.markdown import plain
from forum.models import Post, Topic
from forum.states import State


class TopicSearchable(Searchable):
    """A topic with the text of its opening post."""

    model = Topic
    kind = "topic"
    label = _("Forum topic")

    def queryset(self) -> QuerySet[Topic]:
        return Topic.objects.published().select_related("category", "author__profile")

    def entry(self, obj: Topic) -> Entry | None:
        if obj.state != State.PUBLISHED:
            return None
        opening = Post.objects.filter(topic=obj, is_opening=True, state=State.PUBLISHED).first()
        with translation.override(obj.language):
            url = obj.get_absolute_url()
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=obj.title,
            url=url,
            audience=frozenset({obj.category.audience}),
            body=plain(opening.html) if opening else "",
            organisation=_organisation(obj),
            date=obj.last_post_at,
            group=f"topic:{obj.pk}",
            is_sample=obj.is_sample,
            facets={
                "category": [obj.category.slug],
                **({"solved": ["yes"]} if obj.accepted_id else {}),
            },
        )


class PostSearchable(Searchable):
    """A reply, under its topic's title; the opening post is found as the topic."""

    model = Post
    kind = "post"
    label = _("Forum post")

    def queryset(self) -> QuerySet[Post]:
        replies = Post.objects.published().filter(is_opening=False)
        return replies.select_related("topic__category", "author__profile")

    def entry(self, obj: Post) -> Entry | None:
        topic = obj.topic
        if obj.is_opening or obj.state != State.PUBLISHED or topic.state != State.PUBLISHED:
            return None
        with translation.override(obj.language):
            url = reverse("forum:post", args=[obj.pk])
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=topic.title,
            url=url,
            audience=frozenset({topic.category.audience}),
            body=plain(obj.html),
            organisation=_organisation(obj),
            date=obj.published_at,
            group=f"topic:{topic.pk}",
            is_sample=obj.is_sample,
            facets={"category": [topic.category.slug]},
        )


def _organisation(written: Topic | Post) -> str:
    """The author's organisation; an account without a profile has none."""
    profile = getattr(written.author, "profile", None)
    return profile.organisation if profile else ""


register(TopicSearchable())
register(PostSearchable())
