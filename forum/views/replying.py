"""A reply: with the whole page again, or by htmx with no more than what is new on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from forum import actions, drafts, paging, permissions, reading
from forum.forms import WritingForm
from forum.models import Post, Topic, TopicSubscription
from forum.models.discussion import POSTS_PER_PAGE
from forum.states import State
from forum.views.composing import Composer, Handling, handle
from forum.views.following import topic_box
from forum.views.navigation import place_of
from forum.views.topic_posts import give_all, quote_address

NUMBER = re.compile(r"[0-9]{1,7}")


def answer(
    request: HttpRequest,
    shown: Topic,
    show_page: Callable[[WritingForm, Composer, int], HttpResponse],
) -> HttpResponse:
    """Answer a POST to a topic that this reader can read; `show_page` makes its page with a form."""
    if not request.user.is_authenticated:
        return _sent_on(request, drafts.log_in_first(request))
    if not permissions.may_write(request.user):
        raise Http404
    is_in_place = bool(request.htmx)  # type: ignore[attr-defined]

    def send(values: dict[str, Any]) -> HttpResponse:
        sent = actions.reply(
            author=request.user,  # type: ignore[arg-type]
            topic=shown,
            source=values["source"],
            language=values["language"],
            key=values["key"],
        )
        tell_state(request, sent.state)
        new = _new_here(request, sent) if is_in_place else None
        return redirect(place_of(sent)) if new is None else _in_place(request, sent, new)

    def show(form: WritingForm, composer: Composer, status: int) -> HttpResponse:
        if not is_in_place:
            return show_page(form, composer, status)
        context = {"form": form, "composer": composer, "seen": request.POST.get("seen", "")}
        return _box(request, shown, context, status=status)

    how = Handling(
        open_form=lambda values: WritingForm(initial=values),
        bind=WritingForm,
        send=send,
        show=show,
        saved=lambda _draft: f"{shown.get_absolute_url()}#reply",
        topic=shown,
    )
    return _sent_on(request, handle(request, how))


def _sent_on(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What leads elsewhere leads the whole window there."""
    if request.htmx and isinstance(response, HttpResponseRedirect):  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(response.url)
    return response


def _new_here(request: HttpRequest, sent: Post) -> list[Post] | None:
    """What has come since on the page that lies before the author; None where the post is on another."""
    topic, seen = sent.topic, request.POST.get("seen", "")
    page = paging.number_of(request)
    if page is None or not NUMBER.fullmatch(seen) or page != topic.page_count:
        return None
    visible = Post.objects.within(topic, request.user).shown()
    numbered = visible.filter(number__gt=int(seen), number__lte=topic.last_number)
    posts = list(numbered.order_by("number")[:POSTS_PER_PAGE])
    return posts if sent.number is not None else [*posts, visible.get(pk=sent.pk)]


def _in_place(request: HttpRequest, sent: Post, new: list[Post]) -> HttpResponse:
    """The new posts, and below them an empty form."""
    topic = sent.topic
    give_all(new, topic, request.user, may_quote=True)
    if reading.floor_of(request.user):
        actions.mark_topic_read(user=request.user, topic=topic, number=topic.last_number)
    levels = TopicSubscription.objects.filter(topic=topic, user=request.user.pk)
    topic.level = levels.values_list("level", flat=True).first()  # type: ignore[attr-defined]
    context = {
        "posts": new,
        "quote_from": quote_address(topic, topic.page_count),
        "form": WritingForm(initial={}) if permissions.may_reply(request.user, topic) else None,
        "composer": Composer(topic=topic),
        "seen": topic.last_number,
        "follow": topic_box(request.user, topic),
    }
    return _box(request, topic, context, place=sent.anchor)


def _box(
    request: HttpRequest,
    topic: Topic,
    context: dict[str, Any],
    *,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """What htmx puts in place of the box; `place` is the post that gets the focus, else a refusal."""
    context |= {"topic": topic, "may_write": permissions.may_write(request.user)}
    response = render(request, "pages/forum/_replied.html", context, status=status)
    return trigger_client_event(response, "forum:answered", {"place": place}, after="settle")


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
