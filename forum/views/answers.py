"""Accepting a reply as the answer, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from forum import actions, errors
from forum.models import Post
from forum.views.navigation import place_of


@never_cache
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a reply as the answer; with an empty `accepted` take that back."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__category"), pk=pk
    )
    is_wanted = bool(request.POST.get("accepted"))
    act = actions.accept_answer if is_wanted else actions.unaccept_answer
    try:
        act(post=post, user=request.user)
    except errors.NotAllowed as error:
        raise Http404 from error
    if is_wanted:
        messages.success(request, _("The answer is accepted."))
    else:
        messages.success(request, _("The answer is no longer accepted."))
    return redirect(place_of(post))
