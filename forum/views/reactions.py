"""Reactions: the bar below a post, and the press of a button in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from forum import actions, errors, permissions
from forum.models import Post, Reaction
from forum.models.reactions import ReactionKind
from forum.rows import reaction_bar
from forum.states import State
from forum.views.navigation import place_of


def give_reactions(posts: Iterable[Post], user: Any) -> None:
    """Put `reaction_counts` and `may_react` on each public post, as `forum.rows` shows them.

    One query for all of them. Each post has its topic with its category.
    """
    public = [one for one in posts if one.state == State.PUBLISHED]
    rows = (
        Reaction.objects.filter(post__in=public)
        .values_list("post_id", "kind")
        .annotate(number=Count("pk"), own=Count("pk", filter=Q(user=user.pk or 0)))
    )
    counts: dict[int, list[tuple[str, int, bool]]] = defaultdict(list)
    for post_id, kind, number, own in rows if public else ():
        counts[post_id].append((kind, number, bool(own)))
    for one in public:
        one.reaction_counts = tuple(sorted(counts[one.pk]))  # type: ignore[attr-defined]
        one.may_react = permissions.may_react(user, one)  # type: ignore[attr-defined]


@never_cache
@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """Make `kind` the reader's reaction, an empty one takes it back; htmx gets the new bar."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__category"), pk=pk
    )
    wanted = request.POST.get("kind", "")
    if wanted and wanted not in ReactionKind.values:
        raise Http404
    try:
        kind = ReactionKind(wanted) if wanted else None
        actions.react(post=post, user=request.user, kind=kind)
    except errors.NotAllowed as error:
        raise Http404 from error
    if not request.htmx:
        return redirect(place_of(post))
    give_reactions([post], request.user)
    bar = reaction_bar(
        pk=post.pk,
        number=post.number,
        counts=post.reaction_counts,  # type: ignore[attr-defined]
        may_react=post.may_react,  # type: ignore[attr-defined]
    )
    return render(request, "components/reactions.html", bar)
