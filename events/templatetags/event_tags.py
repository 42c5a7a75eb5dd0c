"""Template tags of events."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.jsonld import as_script

register = template.Library()


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A JSON-LD object as a script element, safe whatever the texts in it."""
    return format_html('<script type="application/ld+json">{}</script>', as_script(data))
