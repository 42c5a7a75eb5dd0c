"""One topic in the moderators' admin: move, lock, pin, merge, split."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum import actions, errors
from forum.forms.topics import MergeForm, MoveForm, SplitForm, TopicActForm
from forum.models import ModerationLog, Post, Topic
from forum.views.moderation_cases import HOME, QUEUE

ENTRIES = 20


def _move(topic: Topic, user: Any, category: Any, reason: str) -> Topic:
    return actions.move_topic(topic=topic, moderator=user, category=category, reason=reason)


def _merge(topic: Topic, user: Any, into: Topic, reason: str) -> Topic:
    return actions.merge_topics(topic=topic, into=into, moderator=user, reason=reason)


def _split(topic: Topic, user: Any, title: str, numbers: list[int], reason: str) -> Topic:
    keys = dict(Post.objects.filter(topic=topic, number__in=numbers).values_list("number", "pk"))
    # A number that is none of this topic's becomes no key: the action refuses the choice.
    posts = [keys.get(number, 0) for number in numbers]
    return actions.split_topic(topic=topic, posts=posts, title=title, moderator=user, reason=reason)


def _lock(topic: Topic, user: Any, reason: str) -> Topic:
    return actions.set_locked(topic=topic, moderator=user, locked=not topic.locked, reason=reason)


def _pin(topic: Topic, user: Any, reason: str) -> Topic:
    return actions.set_pinned(topic=topic, moderator=user, pinned=not topic.pinned, reason=reason)


ACTS: dict[str, tuple[Any, type[TopicActForm], Callable[..., Topic]]] = {
    "lock": (gettext_lazy("Close for replies, or open again"), TopicActForm, _lock),
    "pin": (gettext_lazy("Pin, or unpin"), TopicActForm, _pin),
    "move": (gettext_lazy("Move to another category"), MoveForm, _move),
    "merge": (gettext_lazy("Merge into another topic"), MergeForm, _merge),
    "split": (gettext_lazy("Split replies off"), SplitForm, _split),
}


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with a topic; a POST names the act."""
    found = get_object_or_404(
        Topic.objects.moderatable_by(request.user)
        .filter(merged_into=None)
        .select_related("category"),
        pk=pk,
    )
    name = request.POST.get("act", "")
    forms: dict[str, Form] = {
        act: form(user=request.user, auto_id=f"{act}_%s")
        for act, (_label, form, _do) in ACTS.items()
    }
    status = 200
    if request.method == "POST":
        if name not in ACTS:
            raise Http404
        _label, form_class, do = ACTS[name]
        form = forms[name] = form_class(request.POST, user=request.user, auto_id=f"{name}_%s")
        status = 422
        if form.is_valid():
            try:
                changed = do(found, request.user, **form.cleaned_data)
            except errors.NotAllowed as error:
                raise Http404 from error
            except errors.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Done."))
                return redirect("forum_moderation:topic", changed.pk)
    context = {
        "topic": found,
        "acts": [(act, ACTS[act][0], form) for act, form in forms.items()],
        "log": ModerationLog.objects.filter(topic=found).select_related("actor")[:ENTRIES],
        "header_title": found.title,
        "header_icon": "comment",
        "breadcrumbs_items": [HOME, QUEUE, {"url": "", "label": found.title}],
    }
    return render(request, "pages/forum/admin/topic.html", context, status=status)
