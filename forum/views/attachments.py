"""The way to what is attached to posts: for whoever may read the post, and nobody else."""

from __future__ import annotations

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from forum.models import Attachment


@require_safe
def attachment(request: HttpRequest, pk: object) -> HttpResponseBase:
    """One file. Pictures are shown where they stand, a PDF is always saved first.

    A browser may keep it but asks each time, so that what is hidden is gone at once.
    """
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    etag = f'"{found.pk.hex}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if not isinstance(response, HttpResponseNotModified):
        try:
            response = FileResponse(
                found.file.open("rb"),
                as_attachment=not found.is_image,
                filename=_file_name(found),
                content_type="image/webp" if found.is_image else "application/pdf",
            )
        except FileNotFoundError as error:
            raise Http404 from error
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file_name(found: Attachment) -> str:
    """The name that it came with, and the ending of what it is now."""
    stem = found.name.rsplit(".", 1)[0] or "file"
    return f"{stem}.{'webp' if found.is_image else 'pdf'}"
