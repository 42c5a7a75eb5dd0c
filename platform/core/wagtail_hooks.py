"""The rule of visibility at the door to documents, which Wagtail opens itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail import hooks

from core.audiences import document_tokens, may_read
from core.models import CustomDocument

# Before Wagtail's own hook, which would send a visitor to the log-in and so tell that it exists.
FIRST = -100


@hooks.register("before_serve_document", order=FIRST)
def hide_forbidden_documents(document: CustomDocument, request: HttpRequest) -> None:
    if not may_read(request.user, document_tokens(document)):
        raise Http404
