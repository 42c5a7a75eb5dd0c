"""Changing the tags of a topic."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forum import actions, errors, permissions
from forum.forms import TagsForm
from forum.models import Topic
from forum.views.navigation import trail


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with a topic's tags, for its author and its moderators."""
    topic = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("category"), pk=pk
    )
    if not permissions.may_tag(request.user, topic):
        raise Http404
    names = ", ".join(topic.tags.order_by("name").values_list("name", flat=True))
    form = TagsForm(request.POST or None, user=request.user, initial={"tags": names})
    if request.method == "POST":
        form = TagsForm(request.POST, user=request.user)
        if form.is_valid():
            try:
                actions.set_tags(topic=topic, editor=request.user, tags=form.cleaned_data["tags"])
            except errors.NotAllowed as error:
                raise Http404 from error
            messages.success(request, _("The tags are changed."))
            return redirect(topic)
    context = {"form": form, "topic": topic, "trail": trail(topic.category)}
    status = 422 if form.is_bound else 200
    return render(request, "pages/forum/tags.html", context, status=status)
