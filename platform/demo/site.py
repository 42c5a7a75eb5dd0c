"""The site around the content: home pages, lists, pages of text, navigation and footer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from bestpractices.models import PracticeIndexPage
from demo import texts
from demo.publishing import days_ago, locale, picture, publish, republish, stable_uuid
from demo.registry import Registry
from demo.source import read
from events.models import EventIndexPage
from home.models import Footer, HomePage, Navigation, StandardPage
from members.models import User

TRANSLATED = ("fr", "es")
LISTS: dict[str, type[PracticeIndexPage] | type[EventIndexPage]] = {
    "practices": PracticeIndexPage,
    "events": EventIndexPage,
}
TEXT_PAGES = ("about", "how_it_works", "contact", "accessibility", "privacy")
IN_MENUS = ("about",)


def first_home() -> HomePage | None:
    """The home page in the site's first language, which a migration has made."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return HomePage.objects.filter(pk=site.root_page_id).first() if site else None


@transaction.atomic
def load_frame(registry: Registry, author: User | None) -> None:
    """Make home pages without their texts, lists, and pages of text."""
    home = first_home()
    if home is None:
        return
    homes = {"en": home}
    for language in TRANSLATED:
        found = registry.ensure(
            f"home:{language}", HomePage, lambda language=language: _home(home, language)
        )
        if found is not None:
            homes[language] = found
    for language, parent in homes.items():
        for name, model in LISTS.items():
            registry.ensure(
                f"list:{name}:{language}",
                model,
                lambda n=name, m=model, code=language, p=parent: _list(n, m, code, p, author),
            )
    for name in TEXT_PAGES:
        registry.ensure(
            f"text:{name}", StandardPage, lambda name=name: _text_page(name, home, author)
        )


@transaction.atomic
def load_texts(registry: Registry, author: User | None) -> None:
    """Fill the home pages, the navigation and the footer, which link to everything else.

    A home page that has been written on is left alone.
    """
    home = first_home()
    if home is not None and not registry.knows("texts:home:en") and _is_blank(home):
        _fill(registry, home, "en", author)
        registry.add("texts:home:en", home)
    for language in TRANSLATED:
        page = registry.find(f"home:{language}", HomePage)
        if page is not None and not registry.knows(f"texts:home:{language}"):
            _fill(registry, page, language, author)
            registry.add(f"texts:home:{language}", page)
    for language in dict(settings.LANGUAGES):
        registry.ensure(
            f"navigation:{language}", Navigation, lambda code=language: _navigation(registry, code)
        )
    for language in ("en", *TRANSLATED):
        registry.ensure(f"footer:{language}", Footer, lambda code=language: _footer(registry, code))


def list_page(registry: Registry, name: str, language: str = "en") -> Any:
    """The list of this name: the demo's own, else the one that was there before."""
    model = LISTS[name]
    own = registry.find(f"list:{name}:{language}", model)
    return own or model.objects.filter(locale__language_code=language, live=True).first()


def empty(home: HomePage) -> None:
    """Take the demo's texts off a home page again."""
    home.title = home.draft_title = home.hero_title = settings.SITE_NAME
    home.hero_intro = ""
    home.hero_image = None
    home.hero_links, home.key_figures, home.body = [], [], []
    home.picks = []
    home.save_revision().publish(skip_permission_checks=True)


def _is_blank(home: HomePage) -> bool:
    return home.hero_title == settings.SITE_NAME and not home.hero_intro and not home.body


def _home(home: HomePage, language: str) -> HomePage | None:
    if HomePage.objects.filter(locale=locale(language)).exists():
        return None
    page = home.copy_for_translation(locale(language))
    page.slug = f"home-{language}"
    page.save()
    return page


def _list(
    name: str,
    model: type[PracticeIndexPage] | type[EventIndexPage],
    language: str,
    parent: HomePage,
    author: User | None,
) -> PracticeIndexPage | EventIndexPage | None:
    if model.objects.child_of(parent).exists():
        return None
    row = read("pages")["sections"][name]
    words = row if language == "en" else read("translations")["sections"][language][name]
    original = model.objects.filter(locale=locale("en")).first()
    page = model(
        title=words["title"],
        slug=row["slug"],
        introduction=words["intro"].strip(),
        listing_summary=words["intro"].strip()[:300],
        locale=locale(language),
        translation_key=original.translation_key if original else stable_uuid(f"list:{name}"),
        show_in_menus=True,
    )
    return publish(parent, page, author=author, at=days_ago(420))


def _text_page(name: str, home: HomePage, author: User | None) -> StandardPage | None:
    row = read("pages")[name]
    if Page.objects.child_of(home).filter(slug=row["slug"]).exists():
        return None
    page = StandardPage(
        title=row["title"],
        slug=row["slug"],
        intro=row["summary"].strip(),
        listing_summary=row["summary"].strip(),
        body=texts.body(row["body"], "en"),
        locale=locale("en"),
        translation_key=stable_uuid(f"text:{name}"),
        show_in_menus=name in IN_MENUS,
        last_reviewed_on=days_ago(10).date(),
    )
    return publish(home, page, author=author, at=days_ago(410))


def _fill(registry: Registry, home: HomePage, language: str, author: User | None) -> None:
    words = read("pages")["home"]
    shape = words
    if language != "en":
        words = read("translations")["home"][language]
    home.title = home.draft_title = words["title"]
    home.hero_title = words["hero_title"]
    home.hero_intro = words["hero_intro"].strip()
    home.hero_image = picture(
        registry,
        f"home:{language}",
        seed="home",
        kind=shape["hero_image_kind"],
        alt=words["hero_image_alt"],
        title=words["hero_title"],
    )
    home.hero_links = [("link", _target(registry, row, language)) for row in words["hero_links"]]
    home.key_figures = [("figure", texts.figure(row)) for row in words["key_figures"]]
    home.body = texts.body(words["closing"], language)
    home.picks = _picks(registry, shape["picks"])
    republish(home, author=author, at=days_ago(400))


def _picks(registry: Registry, slugs: list[str]) -> list[Any]:
    from bestpractices.models import PracticeBase
    from demo.practices import key_of
    from home.models import HomePagePick

    found = [registry.find(key_of(slug), PracticeBase) for slug in slugs]
    return [
        HomePagePick(picked_id=page.pk, sort_order=number)
        for number, page in enumerate(found)
        if page is not None
    ]


def _target(registry: Registry, row: dict[str, str], language: str) -> dict[str, Any]:
    """A link to a page of the demo, or to a place that is no page."""
    path = row["url"].strip("/")
    page = _page_at(registry, path, language)
    return {
        "page": page,
        "url": "" if page else texts.address(row["url"], language),
        "title": row["label"],
        "text": "",
    }


def _page_at(registry: Registry, path: str, language: str) -> Page | None:
    if path in LISTS:
        return list_page(registry, path, language) or list_page(registry, path)
    return registry.find(f"text:{path.replace('-', '_')}", StandardPage)


def _labelled(row: dict[str, Any], language: str) -> dict[str, str]:
    return {"url": row["url"], "label": row["labels"].get(language, row["label"])}


def _navigation(registry: Registry, language: str) -> Navigation | None:
    if Navigation.objects.filter(locale__language_code=language).exists():
        return None
    rows = [_labelled(row, language) for row in read("pages")["navigation"]["main"]]
    items = [{**_target(registry, row, language), "children": []} for row in rows]
    for item in items:
        del item["text"]
    return Navigation.objects.create(
        locale=Locale.objects.get(language_code=language),
        translation_key=stable_uuid("navigation"),
        items=[("item", item) for item in items],
    )


def _footer(registry: Registry, language: str) -> Footer | None:
    if Footer.objects.filter(locale__language_code=language).exists():
        return None
    words = read("pages")["footer"]
    if language != "en":
        words = read("translations")["footer"][language]
    rows = [_labelled(row, language) for row in read("pages")["navigation"]["footer"]]
    return Footer.objects.create(
        locale=Locale.objects.get(language_code=language),
        translation_key=stable_uuid("footer"),
        small_print=[("link", _target(registry, row, language)) for row in rows],
        funding_statement=words["funding_statement"].strip(),
        disclaimer=f"{words['disclaimer'].strip()} {words['sample_notice'].strip()}",
    )
