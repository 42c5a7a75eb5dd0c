"""Paging that costs the same at any depth: by key for lists, by number for the posts of a topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest

from forum.models import Post, Topic
from forum.models.discussion import POSTS_PER_PAGE
from forum.querysets import PostQuerySet, TopicQuerySet

TOPICS_PER_PAGE = 20
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_signer = signing.Signer(salt="forum.topics")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list of topics: the key of one of its rows."""

    pinned: bool
    at: datetime
    pk: int

    @classmethod
    def of(cls, topic: Topic) -> Place:
        return cls(topic.pinned, topic.last_post_at, topic.pk)

    def encode(self) -> str:
        """The place as an opaque, signed word for an address."""
        return _signer.sign_object([int(self.pinned), self.at.isoformat(), self.pk])

    @classmethod
    def decode(cls, word: str) -> Place:
        """Raises Http404 for anything that `encode` has not made."""
        try:
            pinned, at, pk = _signer.unsign_object(word)
            return cls(bool(pinned), datetime.fromisoformat(at), int(pk))
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise Http404 from error


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A page of a list, with the addresses of its neighbours; an empty one is missing."""

    topics: list[Topic]
    previous_url: str
    next_url: str
    is_first: bool


def topics_of(
    request: HttpRequest, queryset: TopicQuerySet, *, pinned_first: bool = True
) -> TopicPage:
    """The page that `?after=` or `?before=` names, the first without them, newest activity first.

    `pinned_first` is a category's order; in lists of the whole site pinned topics are as others.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    limit = TOPICS_PER_PAGE + 1
    order = _PinnedFirst(queryset) if pinned_first else _NewestFirst(queryset)
    if before is not None:
        rows = order.newer(Place.decode(before), limit)
        more_before, more_after = len(rows) == limit, True
        rows = rows[:TOPICS_PER_PAGE][::-1]
    else:
        if after is not None:
            rows = order.older(Place.decode(after), limit)
        else:
            rows = list(order.ordered(queryset)[:limit])
        more_before, more_after = after is not None, len(rows) == limit
        rows = rows[:TOPICS_PER_PAGE]
    path = request.path
    return TopicPage(
        topics=rows,
        previous_url=f"{path}?before={Place.of(rows[0]).encode()}" if rows and more_before else "",
        next_url=f"{path}?after={Place.of(rows[-1]).encode()}" if rows and more_after else "",
        is_first=not more_before,
    )


class _NewestFirst:
    """The neighbours of a place by (last_post_at, id), both descending.

    The condition on the date alone is what the index scan begins at; a comparison of the whole key
    would do so too, but the planner misjudges it by its first column and sorts instead.
    """

    def __init__(self, queryset: TopicQuerySet) -> None:
        self.queryset = queryset

    def ordered(self, queryset: TopicQuerySet) -> TopicQuerySet:
        return queryset.newest_first()

    def older(self, place: Place, limit: int) -> list[Topic]:
        """The rows below a place, the nearest first."""
        return list(self.ordered(self._below(place))[:limit])

    def newer(self, place: Place, limit: int) -> list[Topic]:
        """The rows above a place, the nearest first."""
        return list(self.ordered(self._above(place)).reverse()[:limit])

    def _below(self, place: Place) -> TopicQuerySet:
        tie = Q(last_post_at__lt=place.at) | Q(pk__lt=place.pk)
        return self.queryset.filter(tie, last_post_at__lte=place.at)

    def _above(self, place: Place) -> TopicQuerySet:
        tie = Q(last_post_at__gt=place.at) | Q(pk__gt=place.pk)
        return self.queryset.filter(tie, last_post_at__gte=place.at)


class _PinnedFirst(_NewestFirst):
    """The same below the pinned ones; these are few, so the two parts are read one after another."""

    def ordered(self, queryset: TopicQuerySet) -> TopicQuerySet:
        return queryset.newest_activity()

    def older(self, place: Place, limit: int) -> list[Topic]:
        rows = list(self.ordered(self._below(place).filter(pinned=place.pinned))[:limit])
        if place.pinned and len(rows) < limit:
            rows += self.ordered(self.queryset.filter(pinned=False))[: limit - len(rows)]
        return rows

    def newer(self, place: Place, limit: int) -> list[Topic]:
        rows = list(self.ordered(self._above(place).filter(pinned=place.pinned)).reverse()[:limit])
        if not place.pinned and len(rows) < limit:
            pinned = self.ordered(self.queryset.filter(pinned=True)).reverse()
            rows += pinned[: limit - len(rows)]
        return rows


def posts_of(request: HttpRequest, topic: Topic, within: PostQuerySet) -> tuple[list[Post], Page]:
    """The posts on the page that `?page=` names, and that page; Http404 past the last one.

    Posts are chosen by number, so a page keeps its posts whatever is hidden, and may be short.
    """
    word = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(word) or int(word) > topic.page_count:
        raise Http404
    page = Paginator(range(topic.last_number), POSTS_PER_PAGE).page(int(word))
    numbers: dict[str, Any] = {
        "number__gt": POSTS_PER_PAGE * (page.number - 1),
        "number__lte": POSTS_PER_PAGE * page.number,
    }
    # No more can there be. Said so, the database takes them one by one from the index; else it takes
    # the low numbers, which most posts have, for many, and reads all members to join them.
    return list(within.filter(**numbers).order_by("number")[:POSTS_PER_PAGE]), page
