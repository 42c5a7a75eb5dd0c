"""Template tags of the frame: navigation and footer."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from home import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def primary_navigation(context: template.Context) -> SafeString:
    """The main navigation, as far as the reader may see it."""
    request: HttpRequest | None = context.get("request")
    return navigation.primary(request) if request else SafeString("")


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The footer with its columns, the funding statement and the disclaimer."""
    request: HttpRequest | None = context.get("request")
    return navigation.footer(request) if request else SafeString("")
