"""Draw ahead what the first visitor would otherwise wait for."""

from __future__ import annotations

import time

from bestpractices.models import PracticeBase
from bestpractices.querysets import CARD_RENDITIONS

MOST = 12


def draw_cards(*, until: float) -> int:
    """Scale the pictures of the newest practices, as long as the clock (`time.monotonic`) allows."""
    drawn = 0
    newest = PracticeBase.objects.live().filter(locale__language_code="en").newest_first()
    for page in newest.select_related("listing_image")[:MOST]:
        if time.monotonic() > until:
            break
        if page.listing_image is not None:
            page.listing_image.get_renditions(*CARD_RENDITIONS)
            drawn += 1
    return drawn
