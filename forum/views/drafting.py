"""Drafts: saved while one types, listed, gone on with, discarded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from core.audiences import visible_pages
from forum import actions, errors, permissions
from forum.models import Draft, Topic
from forum.views.composing import keep_draft
from forum.views.navigation import trail


@never_cache
@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts, the newest first; of topics that can still be read."""
    own = Draft.objects.filter(owner=request.user.pk).select_related("topic__category")
    readable = Topic.objects.visible_to(request.user).filter(drafts__owner=request.user.pk)
    open_topics = set(readable.values_list("pk", flat=True))
    rows = [(draft, draft.topic_id is None or draft.topic_id in open_topics) for draft in own]
    return render(request, "pages/forum/drafts.html", {"rows": rows, "trail": trail()})


@never_cache
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what a form holds, for htmx: the answer is a line about it."""
    if not permissions.may_write(request.user):
        raise Http404
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error
    wanted = request.GET.get("topic", "")
    topic = None
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
        topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=number)
    try:
        kept = keep_draft(request, key, topic=topic, page=_page(request))
    except errors.TooManyDrafts as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8")
    if kept is None:
        return HttpResponse("")
    now = time_format(timezone.localtime(kept.updated_at), "TIME_FORMAT")
    text = _("Draft saved at %(time)s.") % {"time": now}
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own drafts."""
    draft = get_object_or_404(Draft.objects.filter(owner=request.user.pk or 0), pk=pk)
    owner: Any = request.user
    actions.discard_draft(draft=draft, owner=owner)
    messages.success(request, _("The draft is discarded."))
    return redirect("forum:drafts")


def _page(request: HttpRequest) -> Page | None:
    wanted = request.POST.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    return visible_pages(Page.objects.filter(pk=number), request.user).first()
