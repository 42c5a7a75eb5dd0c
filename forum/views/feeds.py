"""Atom feeds: what every visitor may read, the newest activity first, bounded."""

from __future__ import annotations

import re

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.models import Category, Post, Topic
from forum.names import name_of
from forum.querysets import TopicQuerySet
from forum.references import shown as with_names

LONGEST = 30
VISITOR = AnonymousUser()
# Signs that XML cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """The feed of all public categories."""
    categories = list(Category.objects.visible_to(VISITOR))
    topics = Topic.objects.published().filter(category__in=categories)
    return _atom(
        request,
        topics.newest_first(),
        title=_("Forum"),
        link=reverse("forum:index"),
    )


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed of one public category."""
    shown = get_object_or_404(Category.objects.visible_to(VISITOR), slug=slug)
    topics = Topic.objects.published().filter(category=shown)
    return _atom(
        request, topics.newest_activity(), title=shown.label, link=shown.get_absolute_url()
    )


def _atom(request: HttpRequest, topics: TopicQuerySet, *, title: str, link: str) -> HttpResponse:
    feed = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(link),
        description=title,
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
    )
    shown = list(topics.select_related("category", "author")[:LONGEST])
    openings = {
        post.topic_id: post
        for post in Post.objects.published().filter(topic__in=shown, is_opening=True)
    }
    texts = dict(zip(openings, with_names(one.html for one in openings.values()), strict=True))
    for topic in sorted(shown, key=lambda one: one.last_post_at, reverse=True):
        opening = openings.get(topic.pk)
        feed.add_item(
            title=_writable(topic.title),
            link=request.build_absolute_uri(topic.get_absolute_url()),
            description=_writable(texts[topic.pk]) if opening else "",
            author_name=_writable(name_of(topic.author)),
            pubdate=topic.created_at,
            updateddate=topic.last_post_at,
            categories=[topic.category.label],
            unique_id=request.build_absolute_uri(
                reverse("forum:post", args=[opening.pk]) if opening else topic.get_absolute_url()
            ),
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
