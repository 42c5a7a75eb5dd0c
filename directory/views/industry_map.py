"""The map of the industry: the page, its points, and the picture for paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from core.addresses import with_query
from directory.counts import numbered
from directory.facets import narrow
from directory.listing import filters
from directory.mapping.layers import NAMES, cells_by, gathered_by, layer_of
from directory.mapping.picture import picture
from directory.mapping.points import cells, gathered, parse_box, parse_zoom
from directory.mapping.regions import SHADES, counted
from directory.models import Organisation
from directory.selection import parse

# Cells of this zoom are as large as a region, which is what a picture of Europe can show.
PICTURE_ZOOM = 5


@require_safe
def industry_map(request: HttpRequest) -> HttpResponse:
    """The map, the filters of the directory, and the same facts as a table."""
    selection = parse(request.GET, layers=NAMES)
    found = numbered(selection.chosen)
    countries = counted(found)
    query = selection.query()
    url = reverse("directory:map")
    context: dict[str, Any] = {
        "meta_title": _("Map of the industry"),
        "meta_description": _(
            "Where the textile and fashion industry of the partners’ regions is."
        ),
        "selection": selection,
        "ignored": ", ".join(selection.ignored),
        "query": query,
        "countries": countries,
        "total": sum(country.number for country in countries),
        "placeless": found.where(latitude=None).total(),
        "shades": range(1, SHADES + 1),
        "layer": layer_of(selection),
        "layers": [("", pgettext("layer of the map", "None")), *NAMES.items()],
        "map_url": url,
        "list_url": with_query(reverse("directory:index"), query),
        "index_url": reverse("directory:index"),
        "points_url": with_query(reverse("directory:map_points"), query),
        "picture_url": with_query(reverse("directory:map_picture"), query),
        "geojson_url": with_query(reverse("directory:geojson"), query),
        "csv_url": with_query(reverse("directory:csv"), query),
        **filters(selection, url),
    }
    return render(request, "pages/directory/map.html", context)


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """GeoJSON for the box (`box=west,south,east,north`, degrees) and `zoom` of a screen."""
    box = parse_box(request.GET.get("box", ""))
    zoom = parse_zoom(request.GET.get("zoom", ""))
    selection = parse(request.GET, layers=NAMES)
    if box is None or zoom is None or selection.ignored:
        raise Http404
    organisations = narrow(Organisation.objects.public(), selection.chosen)
    found, layer = numbered(selection.chosen), layer_of(selection)
    features = (
        gathered_by(layer, organisations, found, box, zoom)
        if layer is not None
        else gathered(organisations, found, box, zoom)
    )
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response["Content-Type"] = "application/geo+json"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def as_picture(request: HttpRequest) -> HttpResponse:
    """The map as SVG, with what was chosen in its title."""
    selection = parse(request.GET, layers=NAMES)
    if selection.ignored:
        raise Http404
    found, layer = numbered(selection.chosen), layer_of(selection)
    countries = counted(found)
    total = sum(country.number for country in countries)
    number = ngettext("%(count)d organisation", "%(count)d organisations", total) % {"count": total}
    chosen = " · ".join(chip["label"] for chip in filters(selection, "")["chips"])
    drawn = picture(
        title=_("Map of the industry"),
        note=f"{number}. {chosen}" if chosen else number,
        shades={country.code: country.shade for country in countries},
        cells=cells_by(layer, PICTURE_ZOOM) if layer else cells(found, PICTURE_ZOOM),
        legend=layer.entries if layer else (),
    )
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response
