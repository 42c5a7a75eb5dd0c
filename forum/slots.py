"""What other apps' pages show of the forum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from core import generation, slots
from core.owners import has_owner
from forum import permissions, reading
from forum.models import Category, Notification, Topic
from forum.querysets_inbox import MOST_COUNTED

MOST_ABOUT_A_PAGE = 5


def latest_topics(request: HttpRequest, *, limit: int = 5) -> Mapping[str, Any] | None:
    """Where something happened last, of what this reader may read; None where nothing has."""
    categories = list(Category.objects.visible_to(request.user))
    newest = Topic.objects.published().filter(category__in=categories).rows().newest_first()
    topics = list(reading.marked(newest, request.user)[:limit])
    return {"topics": topics} if topics else None


def about_page(request: HttpRequest, *, page: Page) -> Mapping[str, Any] | None:
    """The topics about a page, whatever its translation, and the way to start one.

    Categories that belong to the page are named first.

    Of many only the newest, with the way to all of them. Whoever stands behind the page is told of
    every new one, so that a topic is the way to ask them.
    """
    about = Topic.objects.published().visible_to(request.user).about(page)
    rows = reading.marked(about.rows().counted().newest_first(), request.user)
    topics = list(rows[:MOST_ABOUT_A_PAGE])
    total = topics[0].total if topics else 0  # type: ignore[attr-defined]
    return {
        "categories": _categories_about(page, request),
        "topics": topics,
        "total": total,
        "all_url": reverse("forum:about", args=[page.pk]) if total > len(topics) else "",
        "new_url": f"{reverse('forum:new')}?page={page.pk}",
        "has_owner": has_owner(page),
    }


def _categories_about(page: Page, request: HttpRequest) -> Iterable[Category]:
    """The categories that belong to a page. Which pages have any is kept until content changes."""

    def read() -> set[UUID]:
        return set(
            Category.objects.exclude(page=None).values_list("page__translation_key", flat=True)
        )

    if page.translation_key not in generation.cached(
        "forum:pages-of-categories", read, areas=[generation.Area.SITE]
    ):
        return ()
    return Category.objects.visible_to(request.user).about(page)


def inbox(request: HttpRequest) -> Mapping[str, Any]:
    """The way to the reader's inbox, with the number of lines that wait there."""
    unread = Notification.objects.unread_count(request.user)
    return {
        "unread": unread,
        "shown": f"{MOST_COUNTED - 1}+" if unread >= MOST_COUNTED else unread,
        "inbox_url": reverse("forum:inbox"),
    }


def account_pages(request: HttpRequest) -> Mapping[str, Any]:
    """The forum's pages among those of one's own account."""
    pages = [
        {"title": _("Inbox"), "url": reverse("forum:inbox")},
        {"title": _("What you follow"), "url": reverse("forum:following")},
        {"title": _("Notifications"), "url": reverse("forum:inbox_settings")},
    ]
    if permissions.may_write(request.user):
        pages.append({"title": _("Writing in the forum"), "url": reverse("forum:preferences")})
    pages.append({"title": _("Decisions and reports"), "url": reverse("forum:cases")})
    return {"pages": pages, "path": request.path}


slots.register("account.inbox", inbox, template="pages/forum/_slot_inbox.html")
slots.register("account.pages", account_pages, template="pages/forum/_slot_account.html")
slots.register("home.topics", latest_topics, template="pages/forum/_slot_home.html")
slots.register("page.discuss", about_page, template="pages/forum/_slot_page.html")
