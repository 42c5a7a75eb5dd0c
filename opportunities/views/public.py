"""Opportunities for everybody: the list, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opportunities.detail import context_of
from opportunities.listing import context
from opportunities.models import Opportunity


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list with its filters; only its changing parts where htmx asks."""
    shown = context(request)
    shown |= {
        "meta_title": _("Opportunities"),
        "meta_description": _(
            "What organisations offer and look for: partners, materials, services, places to learn."
        ),
    }
    wanted = getattr(request, "htmx", None)
    template = "_results.html" if wanted and wanted.target == "results" else "index.html"
    return render(request, f"pages/opportunities/{template}", shown)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One opportunity; one that this reader may not see is missing."""
    visible = Opportunity.objects.visible_to(request.user).select_related("organisation")
    opportunity = get_object_or_404(visible, pk=pk)
    shown = context_of(opportunity, request)
    shown |= {"meta_title": opportunity.title, "meta_description": opportunity.summary}
    response = render(request, "pages/opportunities/detail.html", shown)
    if not opportunity.is_public:
        response["X-Robots-Tag"] = "noindex"
    return response
