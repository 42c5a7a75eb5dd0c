"""Reactions: the bar below a post, and the press of a button in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.options import option
from forum import actions, errors, permissions
from forum.models import Post, Reaction
from forum.models.reactions import ReactionKind
from forum.names import place_name
from forum.states import State
from forum.views.navigation import place_of


def give_bars(posts: Iterable[Post], user: Any) -> None:
    """Put `reaction_bar` on each public post, the context of components/reactions.html.

    One query for all of them. Each post has its topic with its category.
    """
    public = [one for one in posts if one.state == State.PUBLISHED]
    rows = (
        Reaction.objects.filter(post__in=public)
        .values_list("post_id", "kind")
        .annotate(number=Count("pk"), own=Count("pk", filter=Q(user=user.pk or 0)))
    )
    counts: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for post_id, kind, number, own in rows if public else ():
        counts[post_id][kind] = number, own
    labels = [(kind.value, str(kind.label)) for kind in ReactionKind]
    for one in public:
        may_react = permissions.may_react(user, one)
        options = []
        for kind, label in labels:
            number, own = counts[one.pk].get(kind, (0, 0))
            options.append(option(kind, label, number, is_own=bool(own)))
        one.reaction_bar = {  # type: ignore[attr-defined]
            "place": place_name(one.number),
            "label": _("Reactions to post %(number)s") % {"number": one.number},
            "pk": one.pk,
            "url": reverse("forum:react", args=[one.pk]) if may_react else "",
            "options": [button for button in options if may_react or button.count],
        }


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
    give_bars([post], request.user)
    return render(request, "components/reactions.html", post.reaction_bar)  # type: ignore[attr-defined]
