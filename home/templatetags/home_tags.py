"""Template tags of the frame: navigation and footer."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from home import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def primary_navigation(context: template.Context) -> SafeString:
    """The main navigation, as far as the reader may see it."""
    request: HttpRequest | None = context.get("request")
    items = navigation.primary_items(request) if request else []
    return render_to_string("navigation/primary.html", {"items": items})


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The footer with its columns, the funding statement and the disclaimer."""
    request: HttpRequest | None = context.get("request")
    content = navigation.footer_content(request) if request else {}
    return render_to_string("navigation/footer.html", content)
