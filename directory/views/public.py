"""The directory for everybody: the list, its files, and a profile."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory import exports
from directory.detail import detail
from directory.facets import narrow
from directory.listing import context
from directory.models import Organisation
from directory.querysets import OrganisationQuerySet
from directory.selection import parse


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list with its filters; only its changing parts where htmx asks."""
    shown = context(request)
    shown |= {
        "meta_title": _("Directory"),
        "meta_description": _("Who makes, collects, recycles, teaches and supports, and where."),
    }
    wanted = getattr(request, "htmx", None)
    template = "_results.html" if wanted and wanted.target == "results" else "index.html"
    return render(request, f"pages/directory/{template}", shown)


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; one that this reader may not see is missing."""
    visible = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(
        visible.select_related("cluster_profile", "hosting"), slug=slug
    )
    shown: dict[str, Any] = detail(organisation, request)
    shown |= {"meta_title": organisation.name, "meta_description": organisation.summary}
    response = render(request, "pages/directory/profile.html", shown)
    if not organisation.is_public:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The organisations that fit the filters, as CSV."""
    response = StreamingHttpResponse(
        exports.csv_lines(_chosen(request)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="organisations.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def as_geojson(request: HttpRequest) -> HttpResponse:
    """The same with their places, as GeoJSON."""
    response = HttpResponse(
        exports.geojson(_chosen(request)), content_type="application/geo+json; charset=utf-8"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _chosen(request: HttpRequest) -> OrganisationQuerySet:
    selection = parse(request.GET)
    if selection.ignored:
        # A file that holds more than was asked for would be taken for the answer.
        raise Http404
    return narrow(Organisation.objects.public(), selection.chosen)
