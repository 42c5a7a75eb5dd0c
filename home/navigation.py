"""What the navigation and the footer show to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from core import generation
from core.audiences import audience_key, visible_pages
from core.blocks.targets import Target, targets
from core.remembered import remembered
from home.models import Footer, Navigation

Item = dict[str, Any]


class Shown(NamedTuple):
    """A link of the main navigation; `current`: the reader is on its page or below it."""

    title: str
    url: str
    lang: str
    current: bool
    children: tuple[Shown, ...]


def primary(request: HttpRequest) -> SafeString:
    """The main navigation, with where the reader is marked in it."""
    items = generation.cached(
        _key("navigation", request), lambda: _read_items(request), areas=[generation.Area.SITE]
    )
    return _primary(items=tuple(_marked(item, request.path) for item in items))


@remembered
def _primary(*, items: tuple[Shown, ...]) -> SafeString:
    return render_to_string("navigation/primary.html", {"items": items})


def footer(request: HttpRequest) -> SafeString:
    """navigation/footer.html, which is the same on every page."""

    def render() -> SafeString:
        return render_to_string("navigation/footer.html", _read_footer(request))

    return generation.cached(_key("footer", request), render, areas=[generation.Area.SITE])


def _key(name: str, request: HttpRequest) -> str:
    """Readers with the same language and the same tokens see the same."""
    return f"{name}:{get_language()}:{audience_key(_reader(request))}"


def _reader(request: HttpRequest) -> Any:
    """The user; pages that say that something failed are drawn before it is known who reads."""
    return getattr(request, "user", None)


def _read_items(request: HttpRequest) -> list[Item]:
    navigation = Navigation.for_language(get_language() or "")
    if navigation is None or not navigation.items:
        return _pages_in_menus(request)
    language = navigation.locale.language_code
    values = [item.value for item in navigation.items]
    flat = [link for value in values for link in (value, *value["children"])]
    found = dict(zip(map(id, flat), targets(flat, {"request": request}), strict=True))
    items = []
    for value in values:
        children = _items(value["children"], found, language)
        item = _item(value, found[id(value)], language)
        if item is not None:
            items.append({**item, "children": children})
        else:
            # Its own page is hidden from this reader; what stands below it may still be open.
            items.extend({**child, "children": []} for child in children)
    return items


def _pages_in_menus(request: HttpRequest) -> list[Item]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = visible_pages(site.root_page.localized.get_children().in_menu(), _reader(request))
    return [
        {"title": page.title, "url": page.get_url(request), "lang": "", "children": []}
        for page in pages.order_by("path")
    ]


def _read_footer(request: HttpRequest) -> dict[str, Any]:
    footer = Footer.for_language(get_language() or "")
    language = footer.locale.language_code if footer else ""
    columns = [column.value for column in footer.columns] if footer else []
    small = [link.value for link in footer.small_print] if footer else []
    flat = [link for column in columns for link in column["links"]] + small
    found = dict(zip(map(id, flat), targets(flat, {"request": request}), strict=True))
    shown = [
        {
            "title": column["title"],
            "lang": _differing(language),
            "links": _items(column["links"], found, language),
        }
        for column in columns
    ]
    statement = footer.funding_statement if footer else ""
    disclaimer = footer.disclaimer if footer else ""
    return {
        "columns": [column for column in shown if column["links"]],
        "items": _items(small, found, language),
        "funding_statement": statement or _("Funded by the European Union."),
        "funding_lang": _differing(language) if statement else "",
        "disclaimer": disclaimer
        or _(
            "Views and opinions expressed are those of the authors only and do not necessarily"
            " reflect those of the European Union or its agencies. Neither the European Union nor"
            " the granting authority can be held responsible for them."
        ),
        "disclaimer_lang": _differing(language) if disclaimer else "",
    }


def _items(
    values: Iterable[Mapping[str, Any]], found: dict[int, Target | None], language: str
) -> list[Item]:
    items = (_item(value, found[id(value)], language) for value in values)
    return [item for item in items if item is not None]


def _item(value: Mapping[str, Any], target: Target | None, language: str) -> Item | None:
    """A link; the title of a translated page wins over words in a language that is not its own."""
    if target is None:
        return None
    given = value.get("title") or ""
    page = target.page
    is_translation = page is not None and page.pk != value["page"].pk
    if page is None or (given and not (is_translation and _differing(language))):
        return {"title": given or target.title, "url": target.url, "lang": _differing(language)}
    return {"title": page.title, "url": target.url, "lang": _differing(page.locale.language_code)}


def _differing(language: str) -> str:
    """The language of a text that is not in the page's own, for its `lang` attribute."""
    return "" if not language or language == get_language() else language


def _marked(item: Item, path: str) -> Shown:
    """The item as it is shown to who is at this path."""
    url = item["url"]
    return Shown(
        item["title"],
        url,
        item["lang"],
        path == url or (path.startswith(url) and url.count("/") > 2),
        tuple(_marked(child, path) for child in item.get("children", ())),
    )
