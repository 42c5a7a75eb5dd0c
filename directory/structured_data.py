"""What machines read of an organisation: schema.org's Organization as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from core.jsonld import as_script
from directory.models import ClusterMembership, Organisation


def organization(
    organisation: Organisation, *, place: str, clusters: Iterable[ClusterMembership]
) -> SafeString:
    """schema.org/Organization for a script element: only what visitors can read."""
    base = settings.WAGTAILADMIN_BASE_URL
    address = {
        "@type": "PostalAddress",
        "addressLocality": organisation.town,
        "addressRegion": organisation.region_id or "",
        "addressCountry": organisation.country_id,
    }
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": organisation.name,
        "legalName": organisation.legal_name,
        "description": organisation.summary,
        "url": f"{base}{organisation.get_absolute_url()}",
        "sameAs": organisation.website,
        "logo": f"{base}{organisation.logo.url}" if organisation.logo else "",
        "foundingDate": str(organisation.founded) if organisation.founded else "",
        "address": {key: value for key, value in address.items() if value},
        "areaServed": place,
        "memberOf": [
            {
                "@type": "Organization",
                "name": membership.cluster.name,
                "url": f"{base}{membership.cluster.get_absolute_url()}",
            }
            for membership in clusters
            if membership.is_confirmed
        ],
    }
    return as_script({key: value for key, value in found.items() if value})
