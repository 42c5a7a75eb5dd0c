"""A topic: its posts, and the form for a reply below them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.audiences import visible_pages
from core.ratelimit import hit
from forum import actions, drafts, errors, limits, paging, permissions
from forum.forms import WritingForm
from forum.markdown import LONGEST_SOURCE
from forum.markdown import render as render_markdown
from forum.models import Decision, ModerationLog, Post, Topic
from forum.querysets import PostQuerySet
from forum.states import UNNUMBERED, Act, State
from forum.structured import discussion
from forum.views.navigation import place_of, trail

MOST_UNPUBLISHED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, category: str, pk: int, slug: str) -> HttpResponse:
    """A page of a topic; a POST is a reply, or asks for its preview."""
    shown = _found(request, pk)
    if request.method == "POST":
        return _answer(request, shown)
    if (category, slug) != (shown.category.slug, shown.slug):
        query = request.META.get("QUERY_STRING", "")
        target = shown.get_absolute_url()
        return redirect(f"{target}?{query}" if query else target, permanent=True)
    form = WritingForm(initial=drafts.take(request)) if _may_reply(request, shown) else None
    return _page(request, shown, form)


def _found(request: HttpRequest, pk: int) -> Topic:
    """The topic of this key, or the one that it was merged into."""
    visible = Topic.objects.visible_to(request.user).select_related("category", "author")
    found = visible.filter(pk=pk).first()
    if found is not None:
        return found
    merged = Topic.objects.filter(pk=pk, merged_into__isnull=False)
    return get_object_or_404(visible, pk__in=merged.values("merged_into"))


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
    may_moderate = permissions.may_moderate_topic(request.user, shown)
    for one in posts:
        one.topic = shown
        one.actions = _actions(request, one, may_moderate)  # type: ignore[attr-defined]
    _give_reasons(posts)
    context: dict[str, Any] = {
        "topic": shown,
        "trail": trail(shown.category),
        "posts": posts,
        "page_obj": page,
        "about": _page_about(request, shown),
        "form": form,
        "preview": preview,
        "may_write": permissions.may_write(request.user),
        "may_moderate": may_moderate,
        "canonical": request.build_absolute_uri(
            shown.get_absolute_url() + (f"?page={page.number}" if page.number > 1 else "")
        ),
        "structured_data": discussion(request, shown, numbered, page.number),
    }
    return render(request, "pages/forum/topic.html", context, status=status)


def _unpublished(request: HttpRequest, visible: PostQuerySet) -> list[Post]:
    """The reader's own posts here that have no number, the newest ones where there are many."""
    if not request.user.is_authenticated:
        return []
    own = visible.filter(author=request.user, number__isnull=True, state__in=UNNUMBERED)
    return list(own.order_by("-pk")[:MOST_UNPUBLISHED])[::-1]


def _actions(request: HttpRequest, post: Post, may_moderate: bool) -> list[dict[str, str]]:
    """[{text, url}]: what this reader can do with a post."""
    links = []
    if permissions.may_delete(request.user, post):
        links.append({"text": _("Delete"), "url": reverse("forum:delete", args=[post.pk])})
    if post.state == State.PUBLISHED and post.author_id != (request.user.pk or 0):
        links.append({"text": _("Report"), "url": reverse("forum:report", args=[post.pk])})
    if may_moderate:
        links.append(
            {"text": _("Moderate"), "url": reverse("forum_moderation:post", args=[post.pk])}
        )
    return links


def _give_reasons(posts: list[Post]) -> None:
    """Put the reason, and the way to the decision, beside each post that was turned down or hidden."""
    refused = [one for one in posts if one.state in {State.REJECTED, State.HIDDEN}]
    if not refused:
        return
    acts = [Act.REJECT, Act.HIDE]
    entries = ModerationLog.objects.filter(post__in=refused, action__in=acts).order_by("pk")
    reasons = {entry.post_id: entry.reason for entry in entries}
    decisions = Decision.objects.filter(post__in=refused, scope__in=["post", "topic"])
    taken = {decision.post_id: decision for decision in decisions.order_by("pk")}
    for one in refused:
        given = reasons.get(one.pk, "")
        one.reason = _("The moderator’s reason: %(reason)s") % {"reason": given}  # type: ignore[attr-defined]
        if one.pk in taken:
            one.decision_url = taken[one.pk].get_absolute_url()  # type: ignore[attr-defined]


def _page_about(request: HttpRequest, shown: Topic) -> Page | None:
    """The page that this topic is about, where the reader may read it."""
    if shown.page_id is None:
        return None
    return visible_pages(Page.objects.filter(pk=shown.page_id), request.user).first()


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
