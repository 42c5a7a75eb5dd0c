"""The door to the admin: not there for who may not enter, and locked without a second factor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.middleware import ADMIN_PREFIXES
from members.permissions import lacks_required_mfa, may_enter_admin


class RequireMfaMiddleware:
    """Sends who may enter the admin to set up a second factor first; to other members it is missing.

    Wagtail would send a member to the log-in, which sends whoever is logged in back: for ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ADMIN_PREFIXES) or request.user.is_anonymous:
            return self.get_response(request)
        if not may_enter_admin(request.user):
            raise Http404
        if lacks_required_mfa(request.user):
            messages.warning(
                request, _("Set up two-factor authentication first: the admin requires it.")
            )
            return redirect("mfa_index")
        return self.get_response(request)
