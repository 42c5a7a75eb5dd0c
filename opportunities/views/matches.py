"""Suggested matches of one's own opportunities and organisations, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.cards import cards as organisation_cards
from directory.models import Organisation
from opportunities import parties, permissions
from opportunities.explaining import explained
from opportunities.listing import cards
from opportunities.matching import Match, Party
from opportunities.models import Opportunity
from opportunities.views.own import writable


@never_cache
@login_required
@require_safe
def of_opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    """What fits one's own opportunity: others' opportunities, and organisations by their profiles."""
    opportunity = writable(request, pk)
    title = _("Suggested matches: %(title)s") % {"title": opportunity.title}
    return _page(request, parties.party_of_opportunity(opportunity), title)


@never_cache
@login_required
@require_safe
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What fits the profile of one's own organisation."""
    organisation = get_object_or_404(permissions.organisations_of(request.user), slug=slug)
    title = _("Suggested matches: %(title)s") % {"title": organisation.name}
    return _page(request, parties.party_of_organisation(organisation), title)


def _page(request: HttpRequest, mine: Party, title: str) -> HttpResponse:
    context = {
        "opportunities": _shown(
            parties.opportunities_for(mine),
            mine,
            Opportunity.objects.select_related("organisation").in_bulk,
            cards,
        ),
        "organisations": _shown(
            parties.organisations_for(mine), mine, Organisation.objects.in_bulk, organisation_cards
        ),
        "meta_title": title,
    }
    return render(request, "pages/opportunities/matches.html", context)


def _shown(
    matches: list[Match],
    mine: Party,
    read: Callable[[list[int]], dict[int, Any]],
    draw: Callable[[list[Any]], list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """[{card, reasons}] in the order of the matches."""
    rows = read([match.other.key for match in matches])
    there = [match for match in matches if match.other.key in rows]
    drawn = draw([rows[match.other.key] for match in there])
    return [
        {"card": card, "reasons": explained(match.reasons, mine=mine, theirs=match.other)}
        for card, match in zip(drawn, there, strict=True)
    ]
