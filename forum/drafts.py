"""A text sent by somebody whose session has ended waits in the new one until after the log-in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.ratelimit import client_address, hit
from forum.markdown import LONGEST_SOURCE
from forum.models.discussion import TITLE_LENGTH
from forum.models.writing import TAGS_LENGTH

SESSION_KEY = "forum_draft"
KEPT = {
    "title": TITLE_LENGTH,
    "source": LONGEST_SOURCE,
    "language": 10,
    "category": 20,
    "page": 20,
    "tags": TAGS_LENGTH,
}
MOST_PER_HOUR = 20


def log_in_first(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the log-in and back here; what was typed is kept for the way back."""
    if request.method == "POST" and hit(
        "forum-draft", client_address(request), limit=MOST_PER_HOUR, seconds=3600
    ):
        text = {name: request.POST.get(name, "")[:longest] for name, longest in KEPT.items()}
        request.session[SESSION_KEY] = {"path": request.path, **text}
        messages.info(request, _("Please log in. Your text is kept."))
    return redirect_to_login(request.get_full_path())


def take(request: HttpRequest) -> dict[str, Any]:
    """What was kept for this very address, once; else nothing."""
    if SESSION_KEY not in request.session or request.session[SESSION_KEY]["path"] != request.path:
        return {}
    kept = request.session.pop(SESSION_KEY)
    return {name: kept[name] for name in KEPT if kept.get(name)}
