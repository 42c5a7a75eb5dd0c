"""The list: what it shows, what narrows it, what it says about addresses that it cannot follow."""

import html
import re

import pytest
from wagtail.models import PageViewRestriction

from bestpractices import listing
from tests.factories.bestpractices import make_case_study, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(index):
    """Four pages that differ in every facet."""
    shelf = make_practice(
        index,
        title="Shelf",
        country_id="ES",
        region_id="ES51",
        value_chains=["fashion_textile", "circular_economy"],
        circular_strategies=["collection_reuse"],
        tags=["Deadstock", "sharing"],
    )
    make_practice(
        index,
        title="Scanner",
        country_id="PT",
        region_id="PT11",
        value_chains=["digital"],
        circular_strategies=["recycling"],
        tags=["sorting"],
    )
    make_practice(index, title="Guide", country_id="ES", region_id="ES52", tags=["sharing"])
    make_case_study(
        index,
        title="Workshop",
        country_id="FR",
        value_chains=["fashion_textile"],
        circular_strategies=["longevity", "recycling"],
        practices_used=[shelf],
    )
    return index


def titles(response):
    found = re.findall(r'<a class="card__link"[^>]*>(.*?)</a>', response.content.decode())
    return [html.unescape(title) for title in found]


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "Guide Scanner Shelf Workshop"),
        ("kind=best_practice", "Guide Scanner Shelf"),
        ("kind=case_study", "Workshop"),
        ("kind=case_study&kind=best_practice", "Guide Scanner Shelf Workshop"),
        ("value_chain=fashion_textile", "Shelf Workshop"),
        ("value_chain=fashion_textile&value_chain=digital", "Scanner Shelf Workshop"),
        ("value_chain=fashion_textile&country=FR", "Workshop"),
        ("strategy=recycling", "Scanner Workshop"),
        ("strategy=recycling&strategy=longevity", "Scanner Workshop"),
        ("strategy=recycling&kind=best_practice", "Scanner"),
        ("country=ES", "Guide Shelf"),
        ("country=es", "Guide Shelf"),
        ("country=ES&country=PT", "Guide Scanner Shelf"),
        ("region=ES51", "Shelf"),
        ("region=ES51&country=PT", ""),
        ("tag=sharing", "Guide Shelf"),
        ("tag=SHARING", "Guide Shelf"),
        ("tag=sharing&tag=sorting", "Guide Scanner Shelf"),
        ("tag=deadstock&country=ES&kind=best_practice", "Shelf"),
        ("language=en", "Guide Scanner Shelf Workshop"),
        ("language=fr", ""),
        # What is not understood is left out, the rest holds.
        ("country=Atlantis", "Guide Scanner Shelf Workshop"),
        ("country=Atlantis&country=PT", "Scanner"),
        ("kind=recipe&tag=sorting", "Scanner"),
        ("country=&tag=&region=%20", "Guide Scanner Shelf Workshop"),
        ("colour=blue&utm_source=mail", "Guide Scanner Shelf Workshop"),
        ("country=%00&tag=%00&value_chain=%00", "Guide Scanner Shelf Workshop"),
        ("country[]=ES", "Guide Scanner Shelf Workshop"),
    ],
)
def test_what_narrows_the_list(client, filled, query, found):
    response = client.get(f"{filled.url}?{query}")
    assert sorted(titles(response)) == found.split()
    number = len(found.split())
    assert f"{number} practice" in text_of(response)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("country=Atlantis", "Atlantis"),
        ("kind=%3Cscript%3E", "<script>"),
        ("tag=" + "x" * 300, "x" * 40 + "…"),
    ],
)
def test_the_list_says_what_it_left_out(client, filled, query, said):
    response = client.get(f"{filled.url}?{query}")
    assert f"left out: {said}." in text_of(response)
    assert b"<script>." not in response.content


def test_nothing_is_said_where_everything_was_understood(client, filled):
    assert "left out" not in text_of(client.get(f"{filled.url}?country=ES&utm_source=mail"))


def options(response, name):
    """{value: number} of one facet as the form offers it."""
    found = re.findall(
        rf'name="{name}"\s+value="([^"]+)"[^>]*>\s*<span>[^<]*</span>\s*'
        r'<span class="filters__count">(\d+)</span>',
        response.content.decode(),
    )
    return {value: int(number) for value, number in found}


def test_the_form_offers_what_exists_with_its_number(client, filled):
    response = client.get(filled.url)
    assert options(response, "kind") == {"best_practice": 3, "case_study": 1}
    assert options(response, "country") == {"ES": 2, "PT": 1, "FR": 1}
    assert options(response, "region") == {"ES51": 1, "ES52": 1, "PT11": 1}
    assert options(response, "tag") == {"sharing": 2, "deadstock": 1, "sorting": 1}
    assert options(response, "value_chain")["fashion_textile"] == 2
    # Everything is in one language: nothing to choose.
    assert options(response, "language") == {}


def test_the_numbers_say_what_one_more_choice_brings(client, filled):
    response = client.get(f"{filled.url}?country=ES")
    # Other countries stay on offer, everything else counts within the chosen one.
    assert options(response, "country") == {"ES": 2, "PT": 1, "FR": 1}
    # One kind is left: nothing to choose.
    assert options(response, "kind") == {}
    assert options(response, "tag") == {"sharing": 2, "deadstock": 1}


def test_a_choice_without_results_stays_to_be_taken_back(client, filled):
    response = client.get(f"{filled.url}?country=DK")
    assert options(response, "country")["DK"] == 0
    assert "No practice fits all of these" in text_of(response)


def test_each_choice_can_be_removed(client, filled):
    response = client.get(f"{filled.url}?country=ES&tag=sharing")
    links = re.findall(r'<a class="tag" href="([^"]+)"', response.content.decode())
    assert {html.unescape(link) for link in links} == {
        f"{filled.url}?tag=sharing",
        f"{filled.url}?country=ES",
    }


@pytest.fixture
def two_pages(index, monkeypatch):
    """A list of three practices, two on a page."""
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    for number in range(3):
        make_practice(index, title=f"Practice {number}", country_id="PT")
    return index


def test_a_page_that_does_not_exist_is_missing(client, two_pages):
    for page in ("0", "-1", "3", "501", "99999", "one", "1.5", "", "²", "%00"):
        assert client.get(f"{two_pages.url}?page={page}").status_code == 404, page


def test_paging_keeps_the_filters(client, two_pages):
    first = client.get(f"{two_pages.url}?country=pt&colour=blue")
    assert titles(first) == ["Practice 2", "Practice 1"]
    assert 'href="?country=PT&amp;page=2"' in first.content.decode()
    second = client.get(f"{two_pages.url}?country=PT&page=2")
    assert titles(second) == ["Practice 0"]


def test_an_empty_list_says_so(client, index):
    assert "Nothing here yet" in text_of(client.get(index.url))


class TestWhoSeesWhat:
    @pytest.fixture
    def secret(self, filled):
        """A draft and a page for members, with words that nothing else has."""
        hidden = make_practice(
            filled, title="Draftcanary", live=False, country_id="DK", tags=["drafttag"]
        )
        members = make_practice(
            filled,
            title="Membercanary",
            country_id="SE",
            value_chains=["advanced_manufacturing"],
            tags=["membertag", "sharing"],
        )
        PageViewRestriction.objects.create(page=members, restriction_type="login")
        return hidden, members

    def test_a_visitor_finds_no_trace(self, client, filled, secret):
        response = client.get(filled.url)
        assert sorted(titles(response)) == ["Guide", "Scanner", "Shelf", "Workshop"]
        assert "4 practices" in text_of(response)
        content = response.content.decode()
        for word in ("canary", "drafttag", "membertag", "Sweden", "advanced_manufacturing"):
            assert word not in content
        assert options(response, "tag")["sharing"] == 2

    @pytest.mark.parametrize("tag", ["drafttag", "membertag"])
    def test_a_tag_of_hidden_pages_is_an_unknown_one(self, client, filled, secret, tag):
        assert text_of(client.get(f"{filled.url}?tag={tag}")).replace(tag, "nowhere") == text_of(
            client.get(f"{filled.url}?tag=nowhere")
        )

    def test_a_member_sees_more_but_no_draft(self, client_for, member, filled, secret):
        response = client_for(member).get(filled.url)
        assert "Membercanary" in titles(response)
        assert "Draftcanary" not in response.content.decode()
        assert options(response, "tag")["membertag"] == 1
        assert options(response, "tag")["sharing"] == 3

    def test_nobody_who_is_not_yet_a_member(self, client_for, member, filled, secret):
        member.approved_at = None
        member.save()
        assert "canary" not in client_for(member).get(filled.url).content.decode()


class TestLanguages:
    @pytest.fixture
    def french(self, filled, french_index):
        """The list in French, with one practice translated and one written in French only."""
        shelf = filled.get_children().get(title="Shelf").specific
        translation = shelf.copy_for_translation(french_index.locale)
        translation.title = "Étagère"
        translation.save_revision().publish()
        make_practice(french_index, title="Atelier", country_id="FR")
        return french_index

    def test_each_practice_once_in_the_language_of_the_reader(self, client, filled, french):
        assert sorted(titles(client.get(french.url))) == [
            "Atelier",
            "Guide",
            "Scanner",
            "Workshop",
            "Étagère",
        ]
        assert sorted(titles(client.get(filled.url))) == [
            "Atelier",
            "Guide",
            "Scanner",
            "Shelf",
            "Workshop",
        ]

    def test_texts_in_another_language_say_so(self, client, french):
        content = client.get(french.url).content.decode()
        assert re.search(r'<h3 class="card__title" lang="en"><a[^>]*>Guide<', content)
        assert re.search(r'<h3 class="card__title"><a[^>]*>Étagère<', content)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("language=fr", ["Atelier", "Étagère"]),
            ("language=en", ["Guide", "Scanner", "Workshop"]),
            ("language=xx", ["Atelier", "Guide", "Scanner", "Workshop", "Étagère"]),
        ],
    )
    def test_the_language_narrows_the_list(self, client, french, query, found):
        assert sorted(titles(client.get(f"{french.url}?{query}"))) == found

    def test_a_translation_that_is_a_draft_leaves_the_original(self, client, filled, french):
        french.get_children().get(title="Étagère").unpublish()
        assert "Shelf" in titles(client.get(french.url))

    def test_a_translation_for_members_leaves_the_original_to_visitors(
        self, client, client_for, member, french
    ):
        page = french.get_children().get(title="Étagère")
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert "Shelf" in titles(client.get(french.url))
        assert "Étagère" in titles(client_for(member).get(french.url))


class TestHtmx:
    HEADERS = {"HX-Request": "true", "HX-Target": "results"}

    def test_it_gets_the_parts_that_change(self, client, filled):
        response = client.get(f"{filled.url}?country=ES", headers=self.HEADERS)
        content = response.content.decode()
        assert "<html" not in content
        for part in ('id="results"', 'id="facets"', 'id="count"'):
            assert content.count(part) == 1
        assert sorted(titles(response)) == ["Guide", "Shelf"]

    @pytest.mark.parametrize(
        "headers",
        [
            {"HX-Request": "true", "HX-History-Restore-Request": "true"},
            {"HX-Request": "true", "HX-Target": "elsewhere"},
            {},
        ],
    )
    def test_everything_else_gets_the_page(self, client, filled, headers):
        content = client.get(filled.url, headers=headers).content.decode()
        assert "<html" in content
        for part in ('id="results"', 'id="facets"', 'id="count"'):
            assert content.count(part) == 1

    def test_caches_keep_the_two_apart(self, client, filled):
        assert {"HX-Request", "HX-Target"} <= {
            name.strip() for name in client.get(filled.url)["Vary"].split(",")
        }


def test_the_form_works_without_scripts(client, filled):
    content = client.get(filled.url).content.decode()
    form = re.search(r"<form class=\"filters[^>]*>", content)[0]
    assert 'method="get"' in form
    assert f'action="{filled.url}"' in form
    assert 'type="submit"' in content


def test_search_engines_are_led_to_the_whole_list(client, filled):
    robots = '<meta name="robots" content="noindex, follow">'
    assert robots in client.get(f"{filled.url}?country=ES").content.decode()
    assert robots not in client.get(filled.url).content.decode()
