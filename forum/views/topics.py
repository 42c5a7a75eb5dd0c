"""A topic: its posts, and the form for a reply below them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.addresses import with_query
from core.audiences import PUBLIC, visible_pages
from forum import actions, drafts, paging, permissions, reading
from forum.forms import WritingForm
from forum.models import Draft, Post, Topic
from forum.models.discussion import POSTS_PER_PAGE
from forum.querysets import PostQuerySet, TopicQuerySet
from forum.references import quotation
from forum.states import UNNUMBERED, State
from forum.structured import about_topic, accepted_of
from forum.views import replying
from forum.views.composing import Composer, files_of
from forum.views.following import topic_box
from forum.views.navigation import trail
from forum.views.topic_posts import give_all, quote_address, warn

MOST_UNPUBLISHED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, category: str, pk: int, slug: str) -> HttpResponse:
    """A page of a topic; a POST is a reply, or asks for its preview."""
    if request.method == "POST":
        return _answer(request, pk)
    shown = _found(_with_all(request), pk)
    if (category, slug) != (shown.category.slug, shown.slug):
        query = request.META.get("QUERY_STRING", "")
        return redirect(with_query(shown.get_absolute_url(), query), permanent=True)
    if shown.has_lines and request.method == "GET":  # type: ignore[attr-defined]
        actions.mark_read(user=request.user, topic=shown)
    form, composer = _reply_form(request, shown)
    return _page(request, shown, form, composer)


def _reply_form(request: HttpRequest, shown: Topic) -> tuple[WritingForm | None, Composer]:
    """The form for a reply, with what was typed before a log-in or saved, and a post to quote."""
    composer = Composer(topic=shown)
    if not permissions.may_reply(request.user, shown):
        return None, composer
    initial = drafts.take(request)
    if not initial:
        composer.draft = Draft.objects.filter(owner=request.user.pk, topic=shown).first()
    if composer.draft is not None:
        initial = {name: getattr(composer.draft, name) for name in ("source", "language", "key")}
        composer.files = files_of(request.user, composer.draft.key)
    quoted = request.GET.get("quote", "")
    if quoted.isascii() and quoted.isdigit() and len(quoted) < 10:
        post = Post.objects.published().filter(topic=shown, pk=int(quoted)).first()
        if post is not None:
            begun = str(initial.get("source", "")).rstrip()
            initial["source"] = (f"{begun}\n\n" if begun else "") + quotation(post)
    return WritingForm(initial=initial), composer


def _readable(request: HttpRequest) -> TopicQuerySet:
    """What a reply needs to know of a topic."""
    return Topic.objects.visible_to(request.user).select_related("category", "author")


def _with_all(request: HttpRequest) -> TopicQuerySet:
    """What the page shows of a topic, and of this reader with it."""
    topics = _readable(request).with_level(request.user).with_practice(request.user)
    return reading.marked(topics.with_lines(request.user), request.user)


def _found(visible: TopicQuerySet, pk: int) -> Topic:
    """The topic of this key, or the one that it was merged into."""
    found = visible.filter(pk=pk).first()
    if found is not None:
        return found
    merged = Topic.objects.filter(pk=pk, merged_into__isnull=False)
    return get_object_or_404(visible, pk__in=merged.values("merged_into"))


def _answer(request: HttpRequest, pk: int) -> HttpResponse:
    def page(form: WritingForm, composer: Composer, status: int) -> HttpResponse:
        return _page(request, _found(_with_all(request), pk), form, composer, status)

    return replying.answer(request, _found(_readable(request), pk), page)


def _page(
    request: HttpRequest,
    shown: Topic,
    form: WritingForm | None,
    composer: Composer,
    status: int = 200,
) -> HttpResponse:
    visible = Post.objects.within(shown, request.user).shown()
    numbered, page = paging.posts_of(request, shown, visible)
    unpublished = [] if page.has_next() else _unpublished(request, visible)
    posts = [*numbered, *unpublished]
    give_all(posts, shown, request.user, may_quote=form is not None)
    reading.give_news(numbered, shown, request.user)
    _mark(request, shown, page.end_index())
    about, practice = _pages_of(request, shown)
    accepted = accepted_of(shown, numbered) if page.number == 1 else None
    if about and shown.answer_is_stale:
        warn([*posts, accepted] if accepted else posts, shown)
    context: dict[str, Any] = {
        "topic": shown,
        "trail": trail(shown.category),
        "posts": posts,
        "quote_from": quote_address(shown, page.number),
        "page_obj": page,
        "about": about,
        "practice": practice,
        "may_make_practice": permissions.may_make_practice(request.user, shown),
        "form": form,
        "follow": topic_box(request.user, shown),
        "composer": composer,
        "may_write": permissions.may_write(request.user),
        "tags": list(shown.tags.order_by("name")),
        "may_tag": permissions.may_tag(request.user, shown),
        "accepted": accepted,
        "unread_elsewhere": _unread_elsewhere(shown, page.number),
        "has_feed": shown.category.audience == PUBLIC and shown.state == State.PUBLISHED,
    }
    # The same text is shown under eight languages' addresses; its own language's is the one.
    with translation.override(shown.language):
        context["canonical"] = request.build_absolute_uri(
            shown.get_absolute_url() + (f"?page={page.number}" if page.number > 1 else "")
        )
        context["structured_data"] = about_topic(request, shown, numbered, page.number, accepted)
    return render(request, "pages/forum/topic.html", context, status=status)


def _mark(request: HttpRequest, shown: Topic, number: int) -> None:
    """Remember that a member has seen the posts up to this number; HEAD shows none."""
    known = shown.last_read_number or 0  # type: ignore[attr-defined]
    if request.method == "GET" and number > known and reading.floor_of(request.user):
        actions.mark_topic_read(user=request.user, topic=shown, number=number)


def _unpublished(request: HttpRequest, visible: PostQuerySet) -> list[Post]:
    """The reader's own posts here that have no number, the newest ones where there are many."""
    if not request.user.is_authenticated:
        return []
    own = visible.filter(author=request.user, number__isnull=True, state__in=UNNUMBERED)
    return list(own.order_by("-pk")[:MOST_UNPUBLISHED])[::-1]


def _unread_elsewhere(shown: Topic, page_number: int) -> str:
    """The address of the first unread post, where that is on another page."""
    first = (shown.last_read_number or 0) // POSTS_PER_PAGE + 1  # type: ignore[attr-defined]
    if not shown.is_unread or first == page_number:  # type: ignore[attr-defined]
        return ""
    return reverse("forum:unread_post", args=[shown.pk])


def _pages_of(request: HttpRequest, shown: Any) -> tuple[Page | None, Page | None]:
    """The page that this topic is about and the practice made of it, where the reader may read them."""
    keys = {shown.page_id, shown.practice_id} - {None}
    if not keys:
        return None, None
    pages = visible_pages(Page.objects.filter(pk__in=keys), request.user)
    found = {page.pk: page for page in pages.select_related("locale")}
    return found.get(shown.page_id), found.get(shown.practice_id)
