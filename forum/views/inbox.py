"""The inbox on the site, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.addresses import own_or
from core.keyset import page_of
from forum import actions, keyset
from forum.forms import PreferencesForm
from forum.models import Notification, NotificationPreferences
from forum.notifications.lines import lines_of
from forum.views.navigation import trail

LONGEST_KEY = 18


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What the reader was told, the newest first."""
    own = Notification.objects.visible_to(request.user).rows()
    page = page_of(request, own, keyset.LATEST_FIRST, size=keyset.ROWS_PER_PAGE)
    lines = lines_of(request.user, page.rows)
    context = {
        "list": page,
        "lines": lines,
        "has_unread": any(not line.is_read for line in lines),
        "trail": trail(),
    }
    return render(request, "pages/forum/inbox.html", context)


@never_cache
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark the line that the form names, or all of them, as read."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("forum:inbox"))
    word = request.POST.get("line", "")
    if word and not (word.isascii() and word.isdigit() and len(word) <= LONGEST_KEY):
        raise Http404
    done = actions.mark_read(user=request.user, line=int(word) if word else None)
    if done:
        text = ngettext(
            "%(count)d line is marked as read.", "%(count)d lines are marked as read.", done
        )
        messages.success(request, text % {"count": done})
    target = request.POST.get("next", "")
    return redirect(own_or(request, target, "forum:inbox"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change how one is told; switch mail on again after it was stopped."""
    own = NotificationPreferences.of(request.user)
    if request.method == "POST" and "resume" in request.POST:
        actions.resume_mail(user=request.user)
        messages.success(request, _("Mail goes to you again."))
        return redirect("forum:inbox_settings")
    form = PreferencesForm(
        request.POST or None,
        initial={"frequency": own.frequency, "watches_own": own.watches_own},
    )
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("forum:inbox_settings")
    context = {"form": form, "preferences": own, "meta_title": _("Notifications")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/forum/inbox_settings.html", context, status=status)
