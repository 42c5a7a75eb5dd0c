"""What of a proposal only its contributor and the editors see: the preview and the pictures."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contributions import errors, previews
from contributions.models import Contribution, Picture


@never_cache
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page as it will look; while something is missing, the way to what is missing."""
    found = get_object_or_404(
        Contribution.objects.visible_to(request.user).select_related("organisation"), key=key
    )
    messages.info(request, _("This is a preview. Nobody but you and the editors can see it."))
    try:
        with translation.override(found.language):
            content = previews.rendered(found, request)
    except errors.Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("contributions:contribution", key=key)
    response = HttpResponse(content)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def picture(request: HttpRequest, key: UUID, picture: UUID) -> HttpResponseBase:
    """One picture; a browser must ask each time."""
    readable = Contribution.objects.visible_to(request.user).filter(key=key)
    found = get_object_or_404(Picture.objects.filter(contribution__in=readable), pk=picture)
    try:
        response = FileResponse(found.file.open("rb"), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
