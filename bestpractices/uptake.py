"""What the page of a practice says about its use: how many, how it went, in their own words."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from bestpractices.models import Outcome, PracticeBase, Uptake, Use
from bestpractices.permissions import may_take_up
from core.options import Option, option

MOST_REPORTS = 6


def section(practice: PracticeBase, user: Any) -> dict[str, Any]:
    """The context of `_uptake.html`, in two queries and one more where the reader has an answer to give."""
    rows = list(
        Uptake.objects.of(practice)
        .values_list("kind", "outcome")
        .annotate(number=Count("pk"), own=Count("pk", filter=Q(user=user.pk or 0)))
    )
    options = [_option(use, rows) for use in Use]
    outcomes = [
        {"label": outcome.label, "count": number}
        for outcome in (Outcome.WORKED, Outcome.PARTLY, Outcome.FAILED)
        if (number := sum(row[2] for row in rows if row[1] == outcome))
    ]
    may = may_take_up(user)
    own = None
    if any(one.is_own for one in options):
        own = Uptake.objects.of(practice).get(user=user.pk)
    return {
        "options": [one for one in options if may or one.count],
        "url": reverse("practices:take_up", args=[practice.pk]) if may else "",
        "outcomes": outcomes,
        "reports": Uptake.objects.of(practice)
        .shown()
        .select_related("user__profile")[:MOST_REPORTS]
        if outcomes
        else [],
        "answer_url": reverse("practices:answer", args=[own.pk]) if own else "",
        "is_answered": bool(own and own.outcome),
    }


def _option(use: Use, rows: list[tuple[str, str, int, int]]) -> Option:
    count = sum(row[2] for row in rows if row[0] == use)
    is_own = any(row[3] for row in rows if row[0] == use)
    return option(use.value, str(use.label), count, is_own=is_own)
