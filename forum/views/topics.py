"""A topic: its posts, and the form for a reply below them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.audiences import PUBLIC, visible_pages
from core.ratelimit import hit
from forum import actions, drafts, errors, limits, paging, permissions, reading
from forum.forms import WritingForm
from forum.markdown import LONGEST_SOURCE
from forum.markdown import render as render_markdown
from forum.models import ModerationLog, Post, Topic
from forum.models.discussion import POSTS_PER_PAGE
from forum.querysets import PostQuerySet
from forum.states import UNNUMBERED, State
from forum.structured import about_topic, accepted_of
from forum.views.following import topic_box
from forum.views.navigation import place_of, trail
from forum.views.reactions import give_bars

MOST_UNPUBLISHED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, category: str, pk: int, slug: str) -> HttpResponse:
    """A page of a topic; a POST is a reply, or asks for its preview."""
    visible = (
        Topic.objects.visible_to(request.user)
        .with_level(request.user)
        .with_practice(request.user)
        .select_related("category", "author", "accepted__author__profile")
    )
    shown = get_object_or_404(reading.marked(visible, request.user), pk=pk)
    if request.method == "POST":
        return _answer(request, shown)
    if (category, slug) != (shown.category.slug, shown.slug):
        query = request.META.get("QUERY_STRING", "")
        target = shown.get_absolute_url()
        return redirect(f"{target}?{query}" if query else target, permanent=True)
    if request.user.is_authenticated and request.method == "GET":
        actions.mark_read(user=request.user, topic=shown)
    form = WritingForm(initial=drafts.take(request)) if _may_reply(request, shown) else None
    return _page(request, shown, form)


def _may_reply(request: HttpRequest, shown: Topic) -> bool:
    return permissions.may_reply(request.user, shown)


def _answer(request: HttpRequest, shown: Topic) -> HttpResponse:
    if not request.user.is_authenticated:
        return drafts.log_in_first(request)
    if "preview" in request.POST:
        form = WritingForm(initial=request.POST.dict())
        return _page(request, shown, form, preview=preview_of(request))
    form = WritingForm(request.POST)
    if form.is_valid():
        try:
            sent = actions.reply(
                author=request.user,
                topic=shown,
                source=form.cleaned_data["source"],
                language=form.cleaned_data["language"],
                key=form.cleaned_data["key"],
            )
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_state(request, sent.state)
            return redirect(place_of(sent))
    return _page(request, shown, form, status=422)


def _page(
    request: HttpRequest,
    shown: Topic,
    form: WritingForm | None,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    visible = Post.objects.within(shown, request.user).shown()
    numbered, page = paging.posts_of(request, shown, visible)
    unpublished = [] if page.has_next() else _unpublished(request, visible)
    posts = [*numbered, *unpublished]
    may_moderate = permissions.may_moderate(request.user)
    may_accept = permissions.may_accept(request.user, shown)
    for one in posts:
        one.topic = shown
        one.is_accepted = one.pk == shown.accepted_id  # type: ignore[attr-defined]
        one.actions = _actions(request, one, may_moderate, may_accept)  # type: ignore[attr-defined]
    _give_reasons(posts)
    give_bars(numbered, request.user)
    reading.give_news(numbered, shown, request.user)
    _mark(request, shown, page.end_index())
    about, practice = _pages_of(request, shown)
    context: dict[str, Any] = {
        "topic": shown,
        "trail": trail(shown.category),
        "posts": posts,
        "page_obj": page,
        "about": about,
        "practice": practice,
        "may_make_practice": permissions.may_make_practice(request.user, shown),
        "form": form,
        "preview": preview,
        "follow": topic_box(request.user, shown),
        "may_write": permissions.may_write(request.user),
        "tags": list(shown.tags.order_by("name")),
        "accepted": accepted_of(shown) if page.number == 1 else None,
        "unread_elsewhere": _unread_elsewhere(shown, page.number),
        "has_feed": shown.category.audience == PUBLIC and shown.state == State.PUBLISHED,
    }
    # The same text is shown under eight languages' addresses; its own language's is the one.
    with translation.override(shown.language):
        context["canonical"] = request.build_absolute_uri(
            shown.get_absolute_url() + (f"?page={page.number}" if page.number > 1 else "")
        )
        context["structured_data"] = about_topic(request, shown, numbered, page.number)
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


def _actions(
    request: HttpRequest, post: Post, may_moderate: bool, may_accept: bool
) -> list[dict[str, str]]:
    """What this reader can do with a post: [{text, url}] links, with {name, value} as well buttons."""
    links = []
    if may_accept and post.state == State.PUBLISHED and not post.is_opening:
        links.append(_acceptance(post))
    if permissions.may_delete(request.user, post):
        links.append({"text": _("Delete"), "url": reverse("forum:delete", args=[post.pk])})
    if may_moderate:
        links.append(
            {"text": _("Moderate"), "url": reverse("forum_moderation:post", args=[post.pk])}
        )
    return links


def _acceptance(post: Post) -> dict[str, str]:
    is_accepted = post.is_accepted  # type: ignore[attr-defined]
    return {
        "text": _("No longer the answer") if is_accepted else _("Accept as the answer"),
        "url": reverse("forum:accept", args=[post.pk]),
        "name": "accepted",
        "value": "" if is_accepted else "1",
    }


def _give_reasons(posts: list[Post]) -> None:
    """Put the reason beside each post that a moderator turned down or hid."""
    refused = [one for one in posts if one.state in {State.REJECTED, State.HIDDEN}]
    if not refused:
        return
    entries = ModerationLog.objects.filter(post__in=refused).order_by("pk")
    reasons = {entry.post_id: entry.reason for entry in entries}
    for one in refused:
        given = reasons.get(one.pk, "")
        one.reason = _("The moderator’s reason: %(reason)s") % {"reason": given}  # type: ignore[attr-defined]


def _pages_of(request: HttpRequest, shown: Any) -> tuple[Page | None, Page | None]:
    """The page that this topic is about and the practice made of it, where the reader may read them."""
    keys = {shown.page_id, shown.practice_id} - {None}
    if not keys:
        return None, None
    pages = visible_pages(Page.objects.filter(pk__in=keys), request.user)
    found = {page.pk: page for page in pages.select_related("locale")}
    return found.get(shown.page_id), found.get(shown.practice_id)


def preview_of(request: HttpRequest) -> dict[str, Any]:
    """{html, is_too_many}: a form's text as it would be shown, by the pipeline of stored posts."""
    limit = limits.current().previews_per_minute
    if not hit("forum-preview", str(request.user.pk), limit=limit, seconds=60):
        return {"html": "", "is_too_many": True}
    source = request.POST.get("source", "")[:LONGEST_SOURCE]
    return {"html": render_markdown(source), "is_too_many": False}


def tell_state(request: HttpRequest, state: str) -> None:
    """Say whether a text can be read now or waits."""
    if state == State.PUBLISHED:
        messages.success(request, _("Your text is published."))
    else:
        messages.info(
            request,
            _(
                "Your text waits for a moderator, as the first posts of every member do. "
                "You will get an e-mail once it is decided."
            ),
        )
