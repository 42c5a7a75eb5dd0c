"""Nobody enters the admin without a second factor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.middleware import ADMIN_PREFIXES
from members.permissions import lacks_required_mfa


class RequireMfaMiddleware:
    """Sends who may enter the admin to set up a second factor first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIXES) and lacks_required_mfa(request.user):
            messages.warning(
                request, _("Set up two-factor authentication first: the admin requires it.")
            )
            return redirect("mfa_index")
        return self.get_response(request)
