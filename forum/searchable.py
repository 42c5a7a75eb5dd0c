"""What search sees of the forum: published topics and replies, for the category's audience."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from core.searchable import Entry, Searchable, leave_out, register
from forum.markdown import plain
from forum.models import (
    Attachment,
    Category,
    Decision,
    ModeratorScope,
    Notification,
    Post,
    PostRevision,
    Rule,
    Topic,
)
from forum.states import State
from members.models import Profile
from members.visibility import organisation_for


class TopicSearchable(Searchable):
    """A topic with the text of its opening post."""

    model = Topic
    kind = "topic"
    label = _("Forum topic")
    mentions = (Tag, Profile)

    def queryset(self) -> QuerySet[Topic]:
        topics = Topic.objects.published().select_related("category", "author__profile")
        return topics.prefetch_related("tags")

    def entry(self, obj: Topic) -> Entry | None:
        if obj.state != State.PUBLISHED:
            return None
        tags = _tags(obj)
        opening = Post.objects.filter(topic=obj, is_opening=True, state=State.PUBLISHED).first()
        with translation.override(obj.language):
            url = obj.get_absolute_url()
        audience = frozenset({obj.category.audience})
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=obj.title,
            url=url,
            audience=audience,
            headings="\n".join(tags),
            body=plain(opening.html) if opening else "",
            organisation=organisation_for(obj.author, audience),
            date=obj.last_post_at,
            group=f"topic:{obj.pk}",
            is_sample=obj.is_sample,
            facets=_facets(obj, tags),
        )

    def mentioning(self, other: Tag | Profile) -> QuerySet[Topic]:
        if isinstance(other, Tag):
            return Topic.objects.filter(tags=other)
        return Topic.objects.filter(author=other.user_id)


class PostSearchable(Searchable):
    """A reply, under its topic's title; the opening post is found as the topic.

    Facets are the topic's: chosen together with a word, they must find a reply with that word.
    """

    model = Post
    kind = "post"
    label = _("Forum post")
    mentions = (Tag, Profile)

    def queryset(self) -> QuerySet[Post]:
        replies = Post.objects.published().filter(is_opening=False)
        replies = replies.select_related("topic__category", "author__profile")
        return replies.prefetch_related("topic__tags")

    def entry(self, obj: Post) -> Entry | None:
        topic = obj.topic
        if obj.is_opening or obj.state != State.PUBLISHED or topic.state != State.PUBLISHED:
            return None
        with translation.override(obj.language):
            url = reverse("forum:post", args=[obj.pk])
        audience = frozenset({topic.category.audience})
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=topic.title,
            url=url,
            audience=audience,
            body=plain(obj.html),
            organisation=organisation_for(obj.author, audience),
            date=obj.published_at,
            group=f"topic:{topic.pk}",
            is_sample=obj.is_sample,
            facets=_facets(topic, _tags(topic)),
        )

    def mentioning(self, other: Tag | Profile) -> QuerySet[Post]:
        if isinstance(other, Tag):
            return Post.objects.filter(topic__tags=other)
        return Post.objects.filter(author=other.user_id)


def _tags(topic: Topic) -> list[str]:
    return sorted(tag.name for tag in topic.tags.all())


def _facets(topic: Topic, tags: list[str]) -> dict[str, list[str]]:
    return {
        "category": [topic.category.slug],
        "solved": ["yes" if topic.accepted_id else "no"],
        "tag": tags,
        "year": [str(localtime(topic.created_at).year)],
    }


register(TopicSearchable())
register(PostSearchable())
leave_out(Category, "Found through its topics, which a search can be narrowed to.")
leave_out(
    Attachment,
    "Files of members: nobody has looked at what is in them, so only their posts are found.",
)
leave_out(Rule, "All rules stand on one page, which the forum leads to.")
leave_out(PostRevision, "What a post said before, for moderators only.")
leave_out(Decision, "For the one whom it concerns only.")
leave_out(Notification, "For the one whom it is sent to only.")
leave_out(ModeratorScope, "Says who moderates where; only the admin shows it.")
