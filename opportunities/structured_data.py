"""What machines read of an opportunity: schema.org's Offer or Demand of an Organization, as JSON-LD."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from core.jsonld import as_script
from opportunities.models import Opportunity
from opportunities.vocabulary import Type

# What somebody has to give; the rest is something that somebody looks for.
GIVEN = (Type.OFFER, Type.HOST)


def offer_or_demand(opportunity: Opportunity) -> SafeString:
    """schema.org/Organization for a script element, with what it offers (`makesOffer`) or looks for
    (`seeks`): only what visitors can read."""
    base = settings.WAGTAILADMIN_BASE_URL
    organisation = opportunity.organisation
    is_given = opportunity.type in GIVEN
    said: dict[str, Any] = {
        "@type": "Offer" if is_given else "Demand",
        "name": opportunity.title,
        "description": opportunity.summary,
        "url": f"{base}{opportunity.get_absolute_url()}",
        "validFrom": opportunity.term_from.isoformat() if opportunity.term_from else "",
        "validThrough": opportunity.expires_on.isoformat() if opportunity.expires_on else "",
    }
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": organisation.name,
            "url": f"{base}{organisation.get_absolute_url()}",
            "makesOffer" if is_given else "seeks": {
                key: value for key, value in said.items() if value
            },
        }
    )
