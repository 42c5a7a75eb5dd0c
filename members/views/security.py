"""What keeps an account safe, on one page, with the log-ins on all devices."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.devices import device_of, sessions_of
from members.requests import user_of


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Addresses, password, second factor and log-ins, each with the way to change it."""
    user: Any = request.user
    current = request.session.session_key
    sessions = [
        {
            "pk": session.pk,
            "device": device_of(session.user_agent),
            "ip": session.ip,
            "began": session.created_at,
            "seen": session.last_seen_at,
            "is_current": session.session_key == current,
        }
        for session in sessions_of(user)
    ]
    sessions.sort(key=lambda one: not one["is_current"])
    context = {
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
        "has_second_factor": is_mfa_enabled(user),
        "sessions": sessions,
        "others": sum(not one["is_current"] for one in sessions),
    }
    return render(request, "pages/members/security.html", context)


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one log-in; of this one the way is to log out."""
    if actions.end_session(user=user_of(request), pk=pk):
        messages.success(request, _("That device is logged out."))
    return redirect("members:security")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End all log-ins but this one."""
    ended = actions.end_other_sessions(
        user=user_of(request),
        current=request.session.session_key or "",
    )
    words = ngettext("%(count)d device is logged out.", "%(count)d devices are logged out.", ended)
    messages.success(request, words % {"count": ended})
    return redirect("members:security")
