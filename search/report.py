"""The report of what is searched for, in the admin."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search import tallies
from search.permissions import may_see_report

PERIODS = (7, 30, 90, 365)
MOST_ROWS = 50
MOST_RANKS = 20


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Top queries, queries without results and clicks by rank, of the last `?days=`."""
    if not may_see_report(request.user):
        raise Http404
    word = request.GET.get("days", "30")
    days = int(word) if word in {str(period) for period in PERIODS} else 30
    since = timezone.localdate() - timedelta(days=days)
    asked = tallies.most_asked(since)
    ranks = tallies.clicks_by_rank(since, MOST_RANKS)
    most = max((clicks for _rank, clicks in ranks), default=0)
    context = {
        "days": days,
        "periods": PERIODS,
        "least": settings.SEARCH_REPORT_LEAST,
        "asked": asked[:MOST_ROWS],
        "unanswered": asked.filter(without_result__gt=0).order_by("-without_result", "text")[
            :MOST_ROWS
        ],
        "ranks": [
            {"rank": rank, "clicks": clicks, "share": round(100 * clicks / most)}
            for rank, clicks in ranks
            if most
        ],
    }
    return render(request, "pages/search/admin/report.html", context)
