"""What everybody may know of the moderation: the rules, and how often they were applied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum import suppression, transparency
from forum.models import Rule
from forum.views.navigation import trail


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force, in the reader's language where they are translated."""
    context = {"rules": Rule.objects.active(), "trail": trail()}
    return render(request, "pages/forum/rules.html", context)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The transparency report: counts only, and nothing below five."""
    context = {
        "periods": transparency.periods(),
        "smallest": suppression.SMALLEST_SHOWN,
        "trail": trail(),
    }
    return render(request, "pages/forum/transparency.html", context)
