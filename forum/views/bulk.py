"""One act for several posts or topics: each is checked, decided and logged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forum import actions, errors
from forum.forms import BulkForm, TopicsBulkForm
from forum.models import Post, Topic
from forum.models.penalties import PenaltyKind
from forum.states import Act, OtherAct

OF_POSTS: dict[str, Callable[..., Any]] = {
    Act.PUBLISH: actions.publish_post,
    Act.REJECT: actions.reject_post,
    Act.HIDE: actions.hide_post,
    Act.RESTORE: actions.restore_post,
    **dict.fromkeys(PenaltyKind.values, actions.penalise),
}
FLAGS: dict[str, tuple[Callable[..., Topic], dict[str, bool]]] = {
    OtherAct.LOCK: (actions.set_locked, {"locked": True}),
    OtherAct.UNLOCK: (actions.set_locked, {"locked": False}),
    OtherAct.PIN: (actions.set_pinned, {"pinned": True}),
    OtherAct.UNPIN: (actions.set_pinned, {"pinned": False}),
}


def decide_posts(request: HttpRequest, form: BulkForm) -> None:
    """Do what a valid form asks for with each of its posts, and say what was done and what was not.

    Who wrote several of them is penalised once, for the first.
    """
    wanted, words = form.cleaned_data, form.words()
    act, seen = wanted["act"], wanted["posts"]
    found = Post.objects.moderatable_by(request.user).select_related("topic__category", "author")
    posts = list(found.filter(pk__in=seen).order_by("pk"))
    if act in PenaltyKind.values:
        posts = list({post.author_id or -post.pk: post for post in reversed(posts)}.values())[::-1]

    def do(post: Post) -> None:
        if act == OtherAct.DISMISS:
            actions.dismiss_reports(post=post, moderator=request.user, **words)  # type: ignore[arg-type]
        else:
            OF_POSTS[act](post=post, moderator=request.user, version=seen[post.pk], **words)

    done, refused = _each(((post.topic.title, post) for post in posts), do)
    messages.success(request, _("Posts decided: %(number)d.") % {"number": done})
    _tell(request, refused)


def decide_topics(request: HttpRequest, form: TopicsBulkForm) -> None:
    """The same with topics."""
    wanted = form.cleaned_data
    act, seen = wanted["act"], wanted["topics"]
    found = Topic.objects.moderatable_by(request.user).filter(merged_into=None)
    topics = list(found.filter(pk__in=seen).select_related("category").order_by("pk"))
    words: dict[str, Any] = {"moderator": request.user}

    def do(topic: Topic) -> None:
        if act in FLAGS:
            action, value = FLAGS[act]
            action(topic=topic, reason=wanted["reason"], **value, **words)
        elif act == OtherAct.MOVE:
            actions.move_topic(
                topic=topic,
                category=wanted["category"],
                reason=wanted["reason"],
                seen=seen[topic.pk].category,
                **words,
            )
        else:
            opening = topic.posts.select_related("topic__category", "author").get(is_opening=True)
            given = {"post": opening, "version": seen[topic.pk].version, **words}
            if act == Act.HIDE:
                given |= {"reason": wanted["reason"], "grounds": wanted["grounds"]}
            OF_POSTS[act](**given)

    done, refused = _each(((topic.title, topic) for topic in topics), do)
    messages.success(request, _("Topics changed: %(number)d.") % {"number": done})
    _tell(request, refused)


def _each(named: Iterable[tuple[str, Any]], do: Callable[[Any], None]) -> tuple[int, list[str]]:
    """How often it was done, and a sentence for each refusal; one refusal stops no other."""
    done, refused = 0, []
    for name, one in named:
        try:
            do(one)
        except errors.Refused as refusal:
            why = str(refusal) or _("You cannot decide about this.")
            refused.append(f"{name}: {why}")
        else:
            done += 1
    return done, refused


def _tell(request: HttpRequest, refused: Iterable[str]) -> None:
    for text in refused:
        messages.warning(request, text)
