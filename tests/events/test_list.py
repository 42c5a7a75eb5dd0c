"""The list of events."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from directory.models import ValueChain
from events.listing import listing
from tests.factories.events import make_event, make_event_index, moment

pytestmark = pytest.mark.django_db


def titles(client, index, query=""):
    answer = client.get(f"{index.url}?{query}")
    assert answer.status_code == 200
    return [card["title"] for card in answer.context["cards"]]


def counts(client, index, query=""):
    """{filter: {value: count}}"""
    groups = client.get(f"{index.url}?{query}").context["groups"]
    return {g["name"]: {str(o["value"]): o["count"] for o in g["options"]} for g in groups}


@pytest.fixture
def several(index):
    """Over, under way and to come; of two types, in two countries and three months."""
    make_event(index, title="Long over", start=moment("2020-03-04 08:00"), country_id="ES")
    make_event(index, title="Yesterday", start=-1)
    make_event(index, title="Under way", start=-1, hours=48, event_type="mission", country_id="PT")
    make_event(index, title="In winter", start=moment("2090-12-30 08:00"), hours=24 * 4)
    make_event(
        index,
        title="In January",
        start=moment("2091-01-15 08:00"),
        event_type="webinar",
        country_id="PT",
    )
    make_event(index, title="A draft", live=False)
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Under way", "In winter", "In January"]),
        ("when=upcoming", ["Under way", "In winter", "In January"]),
        ("when=past", ["Yesterday", "Long over"]),
        ("when=all", ["Long over", "Yesterday", "Under way", "In winter", "In January"]),
        ("when=nonsense", ["Under way", "In winter", "In January"]),
        ("type=mission", ["Under way"]),
        ("type=mission&type=webinar", ["Under way", "In January"]),
        ("type=party", ["Under way", "In winter", "In January"]),
        ("country=PT", ["Under way", "In January"]),
        ("country=PT&type=webinar", ["In January"]),
        ("country=ES", []),
        ("country=ES&when=past", ["Long over"]),
        ("month=2090-12", ["In winter"]),
        ("month=2091-01", ["In winter", "In January"]),
        ("month=2020-03", ["Long over"]),
        ("month=2020-03&when=upcoming", []),
        ("month=2020-04", []),
    ],
)
def test_what_is_listed(client, several, query, expected):
    assert titles(client, several, query) == expected


def test_the_counts_say_what_a_choice_would_bring(client, several):
    assert counts(client, several)["when"] == {"upcoming": 3, "past": 2, "all": 5}
    assert counts(client, several, "country=PT")["when"] == {"upcoming": 2, "past": 0, "all": 2}
    assert counts(client, several, "country=PT")["country"] == {"PT": 2}
    assert counts(client, several)["type"] == {"workshop": 1, "mission": 1, "webinar": 1}
    assert counts(client, several, "type=mission")["type"]["webinar"] == 1
    months = counts(client, several)["month"]
    assert (months["2090-12"], months["2091-01"]) == (1, 2)
    assert counts(client, several, "month=2050-05")["month"]["2050-05"] == 0


def test_every_count_is_what_the_list_then_shows(client, several):
    for name, options in counts(client, several).items():
        for value, count in options.items():
            query = f"{name}={value}&when=upcoming" if name != "when" else f"when={value}"
            assert len(titles(client, several, query)) == count, query


def test_an_event_is_upcoming_until_its_last_minute(index, several):
    event = make_event(index, start=moment("2030-01-01 09:00"))
    events = type(event).objects.filter(pk=event.pk)
    second = timedelta(seconds=1)
    assert events.upcoming(event.end).exists()
    assert not events.past(event.end).exists()
    assert not events.upcoming(event.end + second).exists()
    assert events.past(event.end + second).exists()


def test_a_kept_list_cannot_outlive_the_next_end(index):
    make_event(index, title="Far off", start=30)
    sooner = make_event(index, title="Sooner", start=3, event_type="mission")
    request = RequestFactory().get(f"{index.url}?type=workshop")
    request.user = AnonymousUser()
    listing(index, request)
    assert request._page_expires_at == sooner.end


def test_kept_pages_move_on_with_time(client, index, settings, monkeypatch):
    settings.PAGE_CACHE_SECONDS = 600
    event = make_event(index, title="Nearly over", start=0, hours=1)
    assert client.get(index.url).context is not None
    real = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: real + timedelta(hours=2))
    assert event.title not in titles(client, index)
    assert event.title in titles(client, index, "when=past")


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999", "x", "1.5", "%00", "²"])
def test_a_page_that_does_not_exist_is_missing(client, several, page):
    assert client.get(f"{several.url}?page={page}").status_code == 404


def test_long_lists_have_pages_that_keep_the_filters(client, index):
    for number in range(14):
        make_event(index, title=f"Event {number:02}", start=number + 1, country_id="PT")
    first = client.get(f"{index.url}?country=PT")
    assert len(first.context["cards"]) == 12
    assert 'href="?country=PT&amp;page=2"' in first.content.decode()
    second = client.get(f"{index.url}?country=PT&page=2")
    assert [card["title"] for card in second.context["cards"]] == ["Event 12", "Event 13"]
    assert client.get(f"{index.url}?country=PT&page=3").status_code == 404


def test_members_events_are_neither_listed_nor_counted_for_visitors(
    client, client_for, member, several
):
    hidden = make_event(several, title="For members", start=5, event_type="b2b", country_id="BG")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert "For members" not in titles(client, several)
    seen = counts(client, several)
    assert seen["when"]["upcoming"] == 3
    assert "b2b" not in seen["type"]
    assert "BG" not in seen["country"]
    assert "For members" in titles(client_for(member), several)
    assert counts(client_for(member), several)["type"]["b2b"] == 1


def test_each_event_appears_once_in_the_best_language(client, index, home_page, site):
    french_home = home_page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french_home.save_revision().publish()
    french = make_event_index(
        french_home,
        title="Évènements",
        slug="evenements",
        language="fr",
        translation_key=index.translation_key,
    )
    both = make_event(index, title="Both languages", start=1)
    make_event(index, title="English only", start=2)
    make_event(french, title="Les deux langues", start=1, translation_key=both.translation_key)
    make_event(french, title="En français seulement", start=3)
    draft = make_event(index, title="Draft in French", start=4)
    make_event(
        french, title="Brouillon", start=4, translation_key=draft.translation_key, live=False
    )
    assert titles(client, index) == [
        "Both languages",
        "English only",
        "En français seulement",
        "Draft in French",
    ]
    assert titles(client, french) == [
        "Les deux langues",
        "English only",
        "En français seulement",
        "Draft in French",
    ]
    cards = client.get(french.url).context["cards"]
    assert [card["lang"] for card in cards] == ["", "en", "", "en"]
    assert 'lang="en"' in client.get(french.url).content.decode()


def test_states_and_samples_are_shown(client, index):
    make_event(index, title="Off", status="cancelled", start=1)
    make_event(
        index,
        title="Moved",
        status="rescheduled",
        start=2,
        previous_start=moment("2026-01-01 09:00"),
    )
    off, moved = client.get(index.url).context["cards"]
    assert (off["state"], moved["state"]) == ("Cancelled", "")
    assert moved["eyebrow"] == "Workshop, new date"
    html = client.get(index.url).content.decode()
    assert "badge--sample" in html
    assert "card--off" in html


def test_the_list_says_how_many_there_are(client, several):
    html = " ".join(client.get(several.url).content.decode().split())
    assert "Upcoming events" in html
    assert "> 3 events </p>" in html


def test_an_empty_list_leads_on(client, index):
    assert "No event matches" in client.get(index.url).content.decode()


def test_the_form_works_by_get_and_htmx_gets_what_changes(client, several):
    html = client.get(several.url).content.decode()
    assert 'method="get"' in html
    for target in re.findall(r'(?:hx-target|hx-select)="#(\w+)"', html):
        assert html.count(f'id="{target}"') == 1
    swapped = client.get(
        f"{several.url}?type=mission", headers={"hx-request": "true", "hx-target": "results"}
    )
    part = swapped.content.decode()
    assert "<html" not in part
    for target in ("results", "count", "facets"):
        assert part.count(f'id="{target}"') == 1
    assert "Under way" in part
    assert "In January" not in part
    assert {"HX-Request", "HX-Target"} <= set(swapped["Vary"].split(", "))


def test_narrowed_lists_stay_out_of_search_engines(client, several):
    assert "noindex" not in client.get(several.url).content.decode()
    for query in ("when=past", "type=mission", "month=2026-12"):
        assert "noindex" in client.get(f"{several.url}?{query}").content.decode()


def test_value_chains_do_not_multiply_events(client, index):
    make_event(index, title="Once", value_chains=ValueChain.objects.all())
    assert titles(client, index) == ["Once"]
