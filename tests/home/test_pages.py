"""The pages of this app can be edited, previewed, reached and drawn, by those who should."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.timezone import localtime
from wagtail.coreutils import get_dummy_request
from wagtail.models import Locale, Page, Site
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from core import searchable
from home.models import HomePage, HomePagePick, SectionIndexPage, StandardPage
from tests.factories.home import make_image, make_page, make_section, restrict

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": {"text": "What was done", "level": "h2"}},
    {"type": "text", "value": "<p>Sorted by fibre.</p>"},
    {"type": "heading", "value": {"text": "By whom", "level": "h3"}},
    {"type": "heading", "value": {"text": "And then", "level": "h2"}},
]
FIGURE = {"value": "38", "unit": "t", "label": "kept from the fire", "source": "Own weighing"}


@pytest.fixture
def checks(client):
    assertions = WagtailPageTestCase()
    assertions.client = client
    assertions.dummy_request = get_dummy_request()
    return assertions


@pytest.fixture
def pages(home_page):
    section = make_section(home_page, "Guides", intro="How to begin")
    return {
        "home": home_page,
        "section": section,
        "standard": make_page(section, "Sorting", body=BODY, intro="By fibre"),
    }


TYPES = ["home", "section", "standard"]


def form_data(name, pages):
    """What the editing form of a page sends."""
    data = {
        "title": "Anew",
        "slug": pages[name].slug,
        "body": streamfield([("text", rich_text("<p>Anew</p>"))]),
        "comments": inline_formset([]),
    }
    if name == "home":
        data |= {
            "hero_title": "Cloth that lasts",
            "hero_links": streamfield(
                [("link", {"page": "", "url": "/forum/", "title": "Forum", "text": ""})]
            ),
            "key_figures": streamfield([("figure", {**FIGURE, "source_url": ""})]),
            "picks": inline_formset([{"picked": pages["standard"].pk}]),
        }
    return nested_form_data(data)


class TestEveryType:
    @pytest.mark.parametrize("name", TYPES)
    def test_can_be_drawn_and_previewed(self, name, pages, checks):
        checks.assertPageIsRenderable(pages[name])
        data = form_data(name, pages)
        checks.assertPageIsPreviewable(pages[name], post_data=data)

    @pytest.mark.parametrize("name", TYPES)
    def test_is_editable(self, name, pages, checks):
        checks.assertPageIsEditable(pages[name], post_data=form_data(name, pages))

    @pytest.mark.parametrize(
        ("parent", "child", "allowed"),
        [
            (Page, HomePage, True),
            (Page, StandardPage, False),
            (HomePage, HomePage, False),
            (HomePage, StandardPage, True),
            (HomePage, SectionIndexPage, True),
            (SectionIndexPage, StandardPage, True),
            (SectionIndexPage, SectionIndexPage, True),
            (SectionIndexPage, HomePage, False),
            (StandardPage, StandardPage, False),
        ],
    )
    def test_what_may_stand_below_what(self, parent, child, allowed):
        assert (child in parent.allowed_subpage_models()) is allowed


class TestHome:
    def test_it_is_the_root_of_the_site(self, site, client):
        assert site.root_page.specific_class is HomePage
        assert site.root_page.locale.language_code == "en"
        assert not Page.objects.filter(title__startswith="Welcome").exists()
        assert client.get("/en/").status_code == 200

    def test_the_migration_leaves_a_site_alone_that_has_a_home_page(self, site):
        before = list(Page.objects.order_by("path").values_list("pk", "title"))
        import_module("home.migrations.0002_home_page").forwards(apps, None)
        assert list(Page.objects.order_by("path").values_list("pk", "title")) == before
        assert Site.objects.get() == site

    def test_shows_its_opening_its_figures_and_its_picks_in_order(self, pages, client):
        home = pages["home"]
        home.hero_title = "Cloth that lasts"
        home.hero_image = make_image()
        home.hero_links = [("link", {"url": "/forum/", "title": "Talk to others"})]
        home.key_figures = [("figure", FIGURE)]
        other = make_page(home, "Weighing", listing_image=make_image("Scales"))
        chosen = enumerate([other, pages["standard"]])
        home.picks = [HomePagePick(picked=page, sort_order=number) for number, page in chosen]
        home.save_revision().publish()
        html = client.get("/en/").content.decode()
        assert '<h1 class="hero__title">Cloth that lasts</h1>' in html
        assert 'href="/en/forum/"' in html
        assert "kept from the fire" in html
        assert html.index("Weighing") < html.index("Sorting")
        assert html.count('fetchpriority="high"') == 1

    def test_hides_picks_that_the_reader_may_not_see(self, home_page, client_for, member):
        closed = restrict(make_page(home_page, "Members only"))
        draft = make_page(home_page, "Unfinished", live=False)
        home_page.picks = [HomePagePick(picked=closed), HomePagePick(picked=draft)]
        home_page.save_revision().publish()
        visitor = client_for().get("/en/").content.decode()
        assert "Members only" not in visitor
        assert "Chosen by the editors" not in visitor
        seen = client_for(member).get("/en/").content.decode()
        assert "Members only" in seen
        assert "Unfinished" not in seen


class TestStandard:
    def test_a_long_text_has_a_contents_list(self, pages, client):
        html = client.get(pages["standard"].url).content.decode()
        for anchor in ("what-was-done", "by-whom", "and-then"):
            assert f'href="#{anchor}"' in html
            assert f'id="{anchor}"' in html

    def test_the_trail_leads_back_home(self, pages, client):
        html = client.get(pages["standard"].url).content.decode()
        trail = html[
            html.index('class="breadcrumbs"') : html.index(
                "</nav>", html.index('class="breadcrumbs"')
            )
        ]
        assert trail.index('href="/en/"') < trail.index(f'href="{pages["section"].url}"')


class TestSection:
    def test_lists_what_the_reader_may_see(self, pages, client_for, member):
        restrict(make_page(pages["section"], "Members only"))
        make_page(pages["section"], "Unfinished", live=False)
        address = pages["section"].url
        visitor = client_for().get(address).content.decode()
        assert "Sorting" in visitor
        assert "Members only" not in visitor
        assert "Unfinished" not in visitor
        assert "Members only" in client_for(member).get(address).content.decode()

    @pytest.mark.parametrize("query", ["?page=2", "?page=0", "?page=x", "?page=99999999999"])
    def test_a_page_past_the_end_is_missing(self, query, pages, client):
        assert client.get(pages["section"].url + query).status_code == 404


class TestLanguages:
    def test_a_language_without_a_home_page_leads_to_the_first(self, pages, client):
        response = client.get(f"{pages['standard'].url.replace('/en/', '/fr/')}?a=b")
        assert response.status_code == 302
        assert response.url == f"{pages['standard'].url}?a=b"

    def test_a_translated_home_page_is_served_under_its_language(self, home_page, client):
        french = home_page.copy_for_translation(Locale.objects.get(language_code="fr"))
        french.hero_title = "Des tissus qui durent"
        french.save_revision().publish()
        response = client.get("/fr/")
        assert response.status_code == 200
        html = response.content.decode()
        assert "Des tissus qui durent" in html
        assert '<html lang="fr"' in html

    def test_a_hidden_page_says_nothing_in_any_language(self, pages, client):
        restrict(pages["standard"])
        address = pages["standard"].url
        for language in ("en", "fr"):
            assert client.get(address.replace("/en/", f"/{language}/")).status_code == 404


def test_the_sitemap_lists_public_pages_only(home_page, client):
    make_page(home_page, "Open")
    section = restrict(make_section(home_page, "Closed section"))
    make_page(section, "Below closed")
    make_page(home_page, "Unfinished", live=False)
    text = client.get("/sitemap.xml").content.decode()
    assert "/en/open/" in text
    for hidden in ("closed-section", "below-closed", "unfinished"):
        assert hidden not in text


def test_an_editor_can_preview_what_is_not_saved(home_page, editor, admin_of):
    page = make_page(home_page, "About", body=BODY)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = nested_form_data(
        {
            "title": "About, anew",
            "slug": "about",
            "intro": "",
            "body": streamfield([("text", rich_text("<p>Not saved yet</p>"))]),
            "comments": inline_formset([]),
        }
    )
    client = admin_of(editor)
    assert client.post(address, data).json()["is_valid"]
    html = client.get(address).content.decode()
    assert "Not saved yet" in html
    assert "Not saved yet" not in client.get(page.url).content.decode()


def test_search_takes_a_page_for_as_fresh_as_its_last_review(home_page):
    page = make_page(home_page, last_reviewed_on=date(2024, 5, 6))
    known = searchable.for_model(StandardPage)
    assert localtime(known.entry(page).date).date() == date(2024, 5, 6)
    page.last_reviewed_on = None
    assert known.entry(page).date == page.last_published_at
