"""What other apps' pages show of the forum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from core import slots
from forum.models import Category, Topic

MOST_ABOUT_A_PAGE = 5


def latest_topics(request: HttpRequest, *, limit: int = 5) -> Mapping[str, Any] | None:
    """Where something happened last, of what this reader may read; None where nothing has."""
    categories = list(Category.objects.visible_to(request.user))
    topics = list(
        Topic.objects.published().filter(category__in=categories).rows().newest_first()[:limit]
    )
    return {"topics": topics} if topics else None


def about_page(request: HttpRequest, *, page: Page) -> Mapping[str, Any] | None:
    """The topics about a page, whatever its translation, and the way to start one.

    Of many only the newest, with the way to all of them.
    """
    about = Topic.objects.published().visible_to(request.user).about(page)
    topics = list(about.rows().counted().newest_first()[:MOST_ABOUT_A_PAGE])
    total = topics[0].total if topics else 0  # type: ignore[attr-defined]
    return {
        "topics": topics,
        "total": total,
        "all_url": reverse("forum:about", args=[page.pk]) if total > len(topics) else "",
        "new_url": f"{reverse('forum:new')}?page={page.pk}",
    }


slots.register("home.topics", latest_topics, template="pages/forum/_slot_home.html")
slots.register("page.discuss", about_page, template="pages/forum/_slot_page.html")
