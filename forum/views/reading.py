"""What can be read: the index, a category's topics, a topic's posts, the way to one post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.audiences import visible_pages
from core.keyset import page_of
from forum import keyset, lists, permissions
from forum import reading as marks
from forum.models import Category, Post, Topic
from forum.views.following import category_box
from forum.views.navigation import place_of, trail

LATEST = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The categories, and where something happened last."""
    categories = list(Category.objects.visible_to(request.user))
    latest = Topic.objects.published().filter(category__in=categories).rows().newest_first()
    context = {
        "categories": categories,
        "latest": marks.marked(latest, request.user)[:LATEST],
        "lists": lists.offered_to(request.user),
        "may_write": permissions.may_write(request.user),
    }
    return render(request, "pages/forum/index.html", context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """A category's topics by newest activity, paged by key."""
    shown = get_object_or_404(
        Category.objects.visible_to(request.user).with_level(request.user), slug=slug
    )
    visible = Topic.objects.visible_to(request.user).filter(category=shown)
    context = {
        "category": shown,
        "belongs_to": _page_of(request, shown),
        "trail": trail(),
        "follow": category_box(request.user, shown),
        "list": page_of(
            request,
            marks.marked(visible.rows(), request.user),
            keyset.PINNED_FIRST,
            size=keyset.ROWS_PER_PAGE,
        ),
        "keeps_marks": marks.floor_of(request.user) is not None,
        "may_write": permissions.may_start_topic(request.user, shown),
    }
    return render(request, "pages/forum/category.html", context)


def _page_of(request: HttpRequest, shown: Category) -> Page | None:
    """The page that a category belongs to, in the reader's language if there is one that they may read."""
    if shown.page_id is None:
        return None
    key = Page.objects.filter(pk=shown.page_id).values("translation_key")
    pages = visible_pages(Page.objects.filter(translation_key__in=key), request.user)
    found = list(pages.select_related("locale"))
    active = get_language()
    translated = [page for page in found if page.locale.language_code == active]
    chosen = [page for page in found if page.pk == shown.page_id]
    return next(iter(translated or chosen), None)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The permalink of a post: wherever it stands now."""
    found = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__category"), pk=pk
    )
    return redirect(place_of(found))


@require_safe
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """All topics about a page and its translations, paged by key."""
    page = get_object_or_404(visible_pages(Page.objects.filter(pk=pk), request.user))
    topics = Topic.objects.published().visible_to(request.user).about(page)
    context = {
        "page_about": page,
        "trail": trail(),
        "list": page_of(request, topics.rows(), keyset.PINNED_FIRST, size=keyset.ROWS_PER_PAGE),
        "new_url": f"{reverse('forum:new')}?page={pk}"
        if permissions.may_write(request.user)
        else "",
    }
    return render(request, "pages/forum/about.html", context)
