"""Watching, tracking and muting; the list of what one follows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from core.keyset import page_of
from forum import actions, errors, keyset, permissions
from forum.models import Category, Topic
from forum.models.following import TOLD, Level
from forum.views.navigation import trail


def topic_box(user: Any, topic: Topic) -> dict[str, Any] | None:
    """What `_follow.html` shows below a topic, which has its `level`; None for who cannot follow."""
    if not permissions.may_follow_topic(user, topic):
        return None
    level: Any = topic.level  # type: ignore[attr-defined]
    states = {
        None: _(
            "You do not follow this topic. Watch it to be told of new replies by e-mail too, track it to be told on the site only, mute it to be told nothing."
        ),
        Level.WATCH: _(
            "You watch this topic: you are told of new replies, by e-mail as you have chosen."
        ),
        Level.TRACK: _("You track this topic: you are told of new replies on the site only."),
        Level.MUTE: _("You have muted this topic: you are told nothing about it."),
    }
    words = {
        Level.WATCH: (_("Watch this topic"), _("Stop watching this topic")),
        Level.TRACK: (_("Track this topic"), _("Stop tracking this topic")),
        Level.MUTE: (_("Mute this topic"), _("Stop muting this topic")),
    }
    action = reverse("forum:follow_topic", args=[topic.pk])
    return _box(_("Follow this topic"), level, states, words, action)


def category_box(user: Any, category: Category) -> dict[str, Any] | None:
    """The same beside a category's topics."""
    if not permissions.may_follow_category(user, category):
        return None
    level: Any = category.level  # type: ignore[attr-defined]
    states = {
        None: _(
            "You do not follow this category. Watch it to be told of new topics by e-mail too, track it to be told on the site only, mute it to be told nothing."
        ),
        Level.WATCH: _(
            "You watch this category: you are told of new topics, by e-mail as you have chosen."
        ),
        Level.TRACK: _("You track this category: you are told of new topics on the site only."),
        Level.MUTE: _("You have muted this category: you are told nothing of new topics."),
    }
    words = {
        Level.WATCH: (_("Watch this category"), _("Stop watching this category")),
        Level.TRACK: (_("Track this category"), _("Stop tracking this category")),
        Level.MUTE: (_("Mute this category"), _("Stop muting this category")),
    }
    action = reverse("forum:follow_category", args=[category.pk])
    return _box(_("Follow this category"), level, states, words, action)


def _box(
    title: str,
    level: str | None,
    states: dict[Any, str],
    words: dict[Level, tuple[str, str]],
    action: str,
) -> dict[str, Any]:
    buttons = [
        {
            "key": key,
            "value": "none" if key == level else key,
            "text": stop if key == level else begin,
            "is_on": key == level,
        }
        for key, (begin, stop) in words.items()
    ]
    return {"title": title, "state": states[level], "buttons": buttons, "action": action}


def _level(request: HttpRequest) -> Level | None:
    wanted = request.POST.get("level", "")
    if wanted == "none":
        return None
    if wanted not in Level.values:
        raise Http404
    return Level(wanted)


@never_cache
@require_POST
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a topic more or less closely."""
    shown = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("category"), pk=pk
    )
    if not request.user.is_authenticated:
        return _log_in_first(request, shown)
    level = _level(request)
    try:
        actions.follow_topic(user=request.user, topic=shown, level=level)
    except errors.NotAllowed as error:
        raise Http404 from error
    shown.level = level  # type: ignore[attr-defined]
    return _answer(request, topic_box(request.user, shown), shown)


@never_cache
@require_POST
def category(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a category more or less closely."""
    shown = get_object_or_404(Category.objects.visible_to(request.user), pk=pk)
    if not request.user.is_authenticated:
        return _log_in_first(request, shown)
    level = _level(request)
    try:
        actions.follow_category(user=request.user, category=shown, level=level)
    except errors.NotAllowed as error:
        raise Http404 from error
    shown.level = level  # type: ignore[attr-defined]
    return _answer(request, category_box(request.user, shown), shown)


def _log_in_first(request: HttpRequest, shown: Topic | Category) -> HttpResponse:
    """For whose session has ended since the page was opened."""
    way = redirect_to_login(f"{shown.get_absolute_url()}#follow")
    return HttpResponseClientRedirect(way.url) if request.htmx else way  # type: ignore[attr-defined]


def _answer(
    request: HttpRequest, box: dict[str, Any] | None, shown: Topic | Category
) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "pages/forum/_follow.html", {"follow": box})
    return redirect(f"{shown.get_absolute_url()}#follow")


@never_cache
@require_safe
@login_required
def followed(request: HttpRequest) -> HttpResponse:
    """The topics that one watches or tracks, or with `?show=muted` has muted, newest activity first."""
    is_muted = request.GET.get("show") == "muted"
    levels = (Level.MUTE,) if is_muted else TOLD
    topics = Topic.objects.visible_to(request.user).followed_by(request.user, *levels)
    visible = Category.objects.visible_to(request.user).with_level(request.user)
    context = {
        "list": page_of(
            request,
            topics.rows(),
            keyset.NEWEST_FIRST,
            size=keyset.ROWS_PER_PAGE,
            query="show=muted" if is_muted else "",
        ),
        "categories": visible.filter(level__in=levels),
        "is_muted": is_muted,
        "trail": trail(),
    }
    return render(request, "pages/forum/following.html", context)
