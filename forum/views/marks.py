"""Read marks: the way to what is new, and calling it all read."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forum import actions, reading
from forum.models import Category, Topic
from forum.views.navigation import place_of


@never_cache
@require_safe
def unread_post(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first post that this member has not read, the last one where all are read.

    Whoever is no member gets to the beginning.
    """
    topic = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("category", "last_post"), pk=pk
    )
    if reading.floor_of(request.user) is None:
        return redirect(topic)
    post = reading.first_unread(topic, request.user) or topic.last_post
    if post is None:
        return redirect(topic)
    post.topic = topic
    return redirect(place_of(post))


@never_cache
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Call everything read: in the category that the form names, else on the whole site."""
    if reading.floor_of(request.user) is None:
        raise Http404
    slug = request.POST.get("category", "")
    if not slug:
        actions.mark_all_read(user=request.user)
        messages.success(request, _("Everything is marked as read."))
        return redirect("forum:unread")
    if not slug.isprintable():
        raise Http404
    category = get_object_or_404(Category.objects.visible_to(request.user), slug=slug)
    actions.mark_all_read(user=request.user, category=category)
    messages.success(request, _("Everything in this category is marked as read."))
    return redirect(category)
