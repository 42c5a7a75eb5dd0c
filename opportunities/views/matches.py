"""Suggested matches of one's own opportunities and organisations, each with its reasons."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.cards import Places
from directory.models import Organisation
from opportunities import parties, permissions
from opportunities.explaining import Names, explained
from opportunities.matching import Party
from opportunities.parties import Suggestion
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
    names, places = Names(), Places()
    active = (get_language() or "")[:2]

    def shown(suggestion: Suggestion, organisation: Organisation) -> dict[str, Any]:
        match, row = suggestion.match, suggestion.row
        return {
            "url": row.get_absolute_url(),
            "place": places.of(organisation),
            "badge": _("Sample") if row.is_sample else "",
            "reasons": explained(match.reasons, mine=mine, theirs=match.other, names=names),
        }

    context = {
        "opportunities": [
            {
                **shown(one, one.row.organisation),
                "title": one.row.title,
                "lang": "" if one.row.language == active else one.row.language,
                "eyebrow": one.row.get_type_display(),
                "organisation": one.row.organisation.name,
            }
            for one in parties.opportunities_for(mine)
        ],
        "organisations": [
            {**shown(one, one.row), "title": one.row.name, "eyebrow": one.row.get_kind_display()}
            for one in parties.organisations_for(mine)
        ],
        "meta_title": title,
    }
    return render(request, "pages/opportunities/matches.html", context)
