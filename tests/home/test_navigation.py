"""Navigation and footer: in the reader's language, and only what the reader may see."""

import re

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from home.models import Footer, Navigation
from tests.factories.home import make_page, make_section, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def languages(db):
    return {locale.language_code: locale for locale in Locale.objects.all()}


@pytest.fixture
def french_home(home_page, languages):
    home = home_page.copy_for_translation(languages["fr"])
    home.save_revision().publish()
    return home


def item(page=None, url="", title="", children=()):
    return ("item", {"page": page, "url": url, "title": title, "children": list(children)})


def link(page=None, url="", title=""):
    return {"page": page, "url": url, "title": title, "text": ""}


def translated(page, locale, title):
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = title
    copy.save_revision().publish()
    return copy


def navigation_of(client, address="/en/"):
    html = client.get(address).content.decode()
    start = html.index('<nav class="primary-nav"')
    return html[start : html.index("</nav>", start)]


def footer_of(client, address="/en/"):
    html = client.get(address).content.decode()
    return html[html.index('<footer class="site-footer"') :]


class TestNavigation:
    def test_without_settings_it_shows_the_pages_marked_for_menus(self, home_page, client):
        make_page(home_page, "In menus", show_in_menus=True)
        make_page(home_page, "Elsewhere")
        restrict(make_page(home_page, "Closed", show_in_menus=True))
        shown = navigation_of(client)
        assert "In menus" in shown
        assert "Elsewhere" not in shown
        assert "Closed" not in shown

    def test_hides_what_the_reader_may_not_see(self, home_page, languages, client_for, member):
        about = make_page(home_page, "About")
        closed = restrict(make_page(home_page, "Closed"))
        draft = make_page(home_page, "Draft", live=False)
        Navigation.objects.create(
            locale=languages["en"],
            items=[
                item(
                    about, children=[link(closed), link(draft), link(url="/forum/", title="Talk")]
                ),
                item(closed, title="Inner circle", children=[link(about, title="Way out")]),
            ],
        )
        visitor = navigation_of(client_for())
        for hidden in ("Closed", "Draft", "Inner circle"):
            assert hidden not in visitor
        for shown in ("About", "Talk", "Way out", 'href="/en/forum/"'):
            assert shown in visitor
        inner = navigation_of(client_for(member))
        assert "Inner circle" in inner
        assert "Draft" not in inner

    def test_marks_where_the_reader_is(self, home_page, languages, client):
        section = make_section(home_page, "Guides")
        page = make_page(section, "Sorting")
        Navigation.objects.create(
            locale=languages["en"], items=[item(home_page, title="Start"), item(section)]
        )
        shown = navigation_of(client, page.url)
        assert shown.count('aria-current="page"') == 1
        assert shown.index("Start") < shown.index("aria-current") < shown.index("Guides")

    def test_a_language_without_its_own_has_the_english_one(
        self, home_page, languages, french_home, client
    ):
        about, contact = make_page(home_page, "About"), make_page(home_page, "Contact")
        translated(about, languages["fr"], "À propos")
        Navigation.objects.create(
            locale=languages["en"],
            items=[item(about, title="About us"), item(contact), item(url="/forum/", title="Talk")],
        )
        shown = navigation_of(client, "/fr/")
        assert "À propos" in shown
        assert "About us" not in shown
        assert shown.count('lang="en"') == 2
        assert 'href="/fr/forum/"' in shown
        assert 'href="/en/contact/"' in shown

    def test_a_language_can_have_its_own(self, home_page, languages, french_home, client):
        about = make_page(home_page, "About")
        translated(about, languages["fr"], "À propos")
        Navigation.objects.create(locale=languages["en"], items=[item(about)])
        Navigation.objects.create(
            locale=languages["fr"], items=[item(about, title="Qui sommes-nous ?")]
        )
        shown = navigation_of(client, "/fr/")
        assert "Qui sommes-nous ?" in shown
        assert 'href="/fr/about/"' in shown
        assert 'lang="' not in shown

    def test_there_is_one_for_each_language(self, languages):
        Navigation.objects.create(locale=languages["en"])
        with pytest.raises(IntegrityError):
            Navigation.objects.create(locale=languages["en"])


class TestFooter:
    def test_without_settings_it_names_who_pays(self, client):
        shown = footer_of(client)
        assert "Funded by the European Union" in shown
        assert "Views and opinions expressed" in shown

    def test_shows_what_administrators_entered(self, home_page, languages, client):
        closed = restrict(make_page(home_page, "Closed"))
        Footer.objects.create(
            locale=languages["en"],
            columns=[
                ("column", {"title": "Platform", "links": [link(make_page(home_page, "About"))]}),
                ("column", {"title": "Hidden column", "links": [link(closed)]}),
            ],
            small_print=[("link", link(make_page(home_page, "Privacy")))],
            funding_statement="Paid by a programme <of> ours",
            disclaimer="Our own views",
        )
        shown = footer_of(client)
        for text in ("Platform", "About", "Privacy", "Paid by a programme &lt;of&gt; ours"):
            assert text in shown
        assert "Our own views" in shown
        assert "Hidden column" not in shown
        assert "Funded by the European Union" not in shown

    def test_words_in_another_language_say_so(self, languages, french_home, client):
        Footer.objects.create(locale=languages["en"], funding_statement="Paid by a programme")
        assert '<p lang="en">Paid by a programme</p>' in footer_of(client, "/fr/")


class TestInTheAdmin:
    @pytest.mark.parametrize("name", ["navigation", "footer"])
    def test_only_administrators_change_them(self, name, editor, administrator, admin_of):
        address = f"/admin/snippets/home/{name}/"
        assert admin_of(administrator).get(address).status_code == 200
        assert admin_of(editor).get(address).status_code == 302
        assert admin_of(administrator).get(f"{address}add/").status_code == 200


# Real commits: inside a transaction that changed content nothing shared is kept.
@pytest.mark.django_db(transaction=True)
def test_it_is_read_once_and_anew_after_a_change(home_page, client_for):
    english = Locale.objects.get(language_code="en")
    page = make_page(home_page, "About")
    navigation = Navigation.objects.create(locale=english, items=[item(page, title="First words")])
    for alias in caches:
        caches[alias].clear()
    client = client_for()
    assert "First words" in navigation_of(client)
    with CaptureQueriesContext(connection) as captured:
        assert "First words" in navigation_of(client)
    assert not [query for query in captured if "home_navigation" in query["sql"]]
    navigation.items = [item(page, title="Other words")]
    navigation.save()
    assert "Other words" in navigation_of(client)
    page.unpublish()
    assert "Other words" not in navigation_of(client)


def test_who_logs_in_comes_back_to_the_page(home_page, client):
    page = make_page(home_page, "Sorting")
    assert (
        f'href="/en/accounts/login/?next={page.url}%3Fa%3D1"'
        in client.get(page.url, {"a": "1"}).content.decode()
    )
    missing = client.get("/en/nowhere/").content.decode()
    assert missing.count('href="/en/accounts/login/?next=/en/nowhere/"') == 2
    assert (
        "next"
        not in re.search(
            r'href="(/en/accounts/login/[^"]*)"',
            client.get("/en/accounts/signup/").content.decode(),
        )[1]
    )
