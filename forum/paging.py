"""The posts of a topic, paged by their numbers: the same cost at any depth."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest

from forum.models import Post, Topic
from forum.models.discussion import POSTS_PER_PAGE
from forum.querysets import PostQuerySet

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


def number_of(request: HttpRequest) -> int | None:
    """The number of the page that an address asks for; None where that is no number."""
    word = request.GET.get("page", "1")
    return int(word) if PAGE_NUMBER.fullmatch(word) else None


def posts_of(request: HttpRequest, topic: Topic, within: PostQuerySet) -> tuple[list[Post], Page]:
    """The posts on the page that `?page=` names, and that page; Http404 past the last one.

    Posts are chosen by number, so a page keeps its posts whatever is hidden, and may be short.
    """
    wanted = number_of(request)
    if wanted is None or wanted > topic.page_count:
        raise Http404
    page = Paginator(range(topic.last_number), POSTS_PER_PAGE).page(wanted)
    numbers: dict[str, Any] = {
        "number__gt": POSTS_PER_PAGE * (page.number - 1),
        "number__lte": POSTS_PER_PAGE * page.number,
    }
    # No more can there be. Said so, the database takes them one by one from the index; else it takes
    # the low numbers, which most posts have, for many, and reads all members to join them.
    return list(within.filter(**numbers).order_by("number")[:POSTS_PER_PAGE]), page
