"""Addresses within the forum."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Category, Post


def trail(category: Category | None = None) -> list[dict[str, str]]:
    """[{title, url}]: the way back to the forum, through a category where one is given."""
    steps = [{"title": _("Forum"), "url": reverse("forum:index")}]
    if category is not None:
        steps.append({"title": category.label, "url": category.get_absolute_url()})
    return steps


def place_of(post: Post) -> str:
    """The address of a post on its topic's page; the last page for one that waits."""
    number = post.page_number or post.topic.page_count
    query = f"?page={number}" if number > 1 else ""
    return f"{post.topic.get_absolute_url()}{query}#{post.anchor}"
