"""What the mail provider tells of messages that came back or were complained about.

One address for one provider, `/mail/events/<provider>/`, off until both its name and a secret are
set. The events reach who cares about them as the signal `anymail.signals.tracking`.
"""

from __future__ import annotations

from anymail import urls as providers
from anymail.exceptions import AnymailConfigurationError
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

TRACKING = {
    pattern.name.removesuffix("_tracking_webhook"): pattern.callback
    for pattern in providers.urlpatterns
    if pattern.name and pattern.name.endswith("_tracking_webhook")
}


# The provider proves itself with the secret; it has no session.
@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Take a provider's events: 404 for another provider or a wrong secret, 400 for nonsense."""
    is_on = settings.ANYMAIL.get("WEBHOOK_SECRET") and provider == settings.MAIL_EVENTS_PROVIDER
    if not is_on or provider not in TRACKING:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    try:
        return TRACKING[provider](request)
    except SuspiciousOperation as error:
        raise Http404 from error
    except (AnymailConfigurationError, AttributeError, KeyError, TypeError, ValueError):
        return HttpResponseBadRequest()
