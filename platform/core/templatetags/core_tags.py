"""Template tags of the ground."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import slots
from core.jsonld import as_script
from core.translations import language_links as links_for

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, **kwargs: Any) -> SafeString:
    """What another app shows under this name; nothing where none does."""
    filled = slots.content(name, context["request"], **kwargs)
    if filled is None:
        return SafeString("")
    path, values = filled
    return mark_safe(render_to_string(path, values, request=context["request"]))  # noqa: S308


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """[{code, label, url, current}] of the languages in which this very page exists."""
    return links_for(context["request"], context.get("page"))


@register.simple_tag
def lang_attr(code: str) -> SafeString:
    """A `lang` attribute where a text's language differs from the page's, else nothing."""
    known = dict(settings.LANGUAGES)
    if not code or code not in known or code == (get_language() or "")[:2]:
        return SafeString("")
    return format_html('lang="{}"', code)


@register.filter
def language_name(code: str) -> str:
    """A language's own name, such as "Català"; the code where it is not one of the site's."""
    return dict(settings.LANGUAGES).get(code, code)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A JSON-LD object as a script element, safe whatever the texts in it."""
    return format_html('<script type="application/ld+json">{}</script>', as_script(data))
