"""What machines read of a practice: schema.org's Article as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.models.media import Licence

if TYPE_CHECKING:
    from bestpractices.models import PracticeBase

LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


def article(
    practice: PracticeBase,
    *,
    language: str,
    place: str,
    keywords: list[str],
    image_url: str,
) -> dict[str, Any]:
    """schema.org/Article: only what is known, and nothing that visitors cannot read."""
    url = practice.full_url
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": practice.title,
        "description": practice.search_description or practice.listing_summary,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": language,
        "datePublished": practice.first_published_at,
        "dateModified": practice.last_published_at,
        "image": image_url,
        "author": _organisation(practice.main_institution or settings.SITE_NAME),
        "publisher": _organisation(settings.SITE_NAME),
        "keywords": keywords,
        "license": LICENCE_ADDRESSES.get(Licence(practice.licence), ""),
        "isBasedOn": practice.source_url,
        "contentLocation": {"@type": "Place", "name": place} if place else None,
    }
    return {key: value for key, value in found.items() if value}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}
