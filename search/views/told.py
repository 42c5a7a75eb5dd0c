"""What browsers tell of questions and clicks, for the report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core import ratelimit
from search import tallies


# Sent by `navigator.sendBeacon` from pages that are kept for all visitors and carry no token; it
# needs a stamp that this site has signed, and raises nothing but a number.
@csrf_exempt
@never_cache
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Count a question or a click: 204, or 400 where no stamp of ours says so."""
    reader = f"{ratelimit.client_address(request)}|{request.headers.get('user-agent', '')}"
    is_taken = tallies.take(
        stamp=request.POST.get("stamp", ""), rank=request.POST.get("rank", "0"), reader=reader
    )
    return HttpResponse(status=204 if is_taken else 400)
