"""Lists of topics beside a category's own: see `forum.lists`; and the topics with one tag."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from core.keyset import page_of
from forum import keyset, lists, permissions, reading
from forum.models import Category, Topic
from forum.querysets import TopicQuerySet
from forum.views.navigation import trail


@require_safe
def of(request: HttpRequest, name: str) -> HttpResponse:
    """One of the registered lists, newest activity first; a personal one asks for a log-in."""
    shown = lists.get(name)
    if shown.is_personal and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    categories = list(Category.objects.visible_to(request.user))
    topics = lists.topics_in(shown, request.user, categories)
    words = {"title": shown.label, "lead": shown.lead, "empty": shown.empty}
    return _page(request, topics, words | {"current": name, "is_personal": shown.is_personal})


@require_safe
def tagged(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics with one tag; a tag without a topic that the reader may see is missing."""
    if not slug.isprintable():
        raise Http404
    tag = get_object_or_404(Tag, slug=slug)
    categories = list(Category.objects.visible_to(request.user))
    topics = Topic.objects.published().filter(category__in=categories).tagged(slug)
    if not topics.exists():
        raise Http404
    words = {"title": _("Tag: %(tag)s") % {"tag": tag.name}, "current": "", "is_personal": False}
    return _page(request, topics, words)


def _page(request: HttpRequest, topics: TopicQuerySet, words: dict[str, Any]) -> HttpResponse:
    context = {
        "lists": lists.offered_to(request.user),
        "list": page_of(
            request,
            reading.marked(topics.rows(), request.user),
            keyset.NEWEST_FIRST,
            size=keyset.ROWS_PER_PAGE,
        ),
        "trail": trail(),
        "may_write": permissions.may_write(request.user),
        "keeps_marks": reading.floor_of(request.user) is not None,
        **words,
    }
    return render(request, "pages/forum/topic_list.html", context)
