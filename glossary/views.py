"""The public page of the glossary."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from glossary.reading import Glossary, address, glossary_in


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All terms of one language by letter: the page's, or that of `?in=`, if it is one of the site's."""
    current = get_language() or settings.LANGUAGE_CODE
    names = dict(settings.LANGUAGES)
    wanted = request.GET.get("in", "")
    language = wanted if wanted in names else current
    shown = glossary_in(language)
    context = {
        "glossary": shown,
        "count": len(shown.terms),
        "languages_to_list": [
            {
                "code": code,
                "label": label,
                "url": _listing(code, current),
                "current": code == language,
            }
            for code, label in names.items()
        ],
        "structured_data": _structured_data(shown, request),
        "meta_title": _("Glossary"),
        "meta_description": _("Terms of textiles and the circular economy in eight languages."),
        "canonical": request.build_absolute_uri(address(language)) if wanted else "",
    }
    return render(request, "pages/glossary/index.html", context)


def _listing(code: str, current: str) -> str:
    page = reverse("glossary:index")
    return page if code == current else f"{page}?in={code}"


def _structured_data(shown: Glossary, request: HttpRequest) -> dict[str, Any]:
    """The terms for machines (schema.org/DefinedTermSet)."""
    page = request.build_absolute_uri(address(shown.language))
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": page,
        "url": page,
        "name": _("Glossary"),
        "inLanguage": shown.language,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{page}#{term.anchor}",
                "name": term.term,
                **({"description": term.definition} if term.definition else {}),
            }
            for term in shown.terms
        ],
    }
