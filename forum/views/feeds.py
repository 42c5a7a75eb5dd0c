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


@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """The feed of one public topic: its newest posts."""
    found = Topic.objects.published().filter(category__in=Category.objects.visible_to(VISITOR))
    shown = get_object_or_404(found.select_related("category"), pk=pk)
    posts = Post.objects.published().filter(topic=shown).select_related("author")
    feed = _feed(request, title=shown.title, link=shown.get_absolute_url(), language=shown.language)
    newest = list(posts.order_by("-number")[:LONGEST])
    for post, text in zip(newest, with_names(one.html for one in newest), strict=True):
        feed.add_item(
            title=_writable(f"{shown.title} #{post.number}"),
            link=request.build_absolute_uri(post.get_absolute_url()),
            description=_writable(text),
            author_name=_writable(name_of(post.author)),
            pubdate=post.shown_at,
            updateddate=post.shown_at,
            unique_id=request.build_absolute_uri(post.get_absolute_url()),
        )
    return _response(feed)


def _atom(request: HttpRequest, topics: TopicQuerySet, *, title: str, link: str) -> HttpResponse:
    feed = _feed(request, title=title, link=link, language=get_language())
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
    return _response(feed)


def _feed(request: HttpRequest, *, title: str, link: str, language: str | None) -> Atom1Feed:
    return Atom1Feed(
        title=_writable(title),
        link=request.build_absolute_uri(link),
        description=_writable(title),
        language=language,
        feed_url=request.build_absolute_uri(request.path),
    )


def _response(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
