"""The map says what the list says: by place for the eye, by region in a table for everybody."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from directory import counts
from directory.mapping.points import DEEPEST, MOST_SINGLE, parse_box, parse_zoom
from directory.mapping.regions import SHADES, shade
from directory.models import Organisation
from directory.states import State
from tests.factories.directory import in_state, make_organisation

pytestmark = pytest.mark.django_db

EUROPE = "-25,32,46,72"
BARCELONA, PORTO = (41.387, 2.169), (41.15, -8.61)


def place(name, at, **fields):
    made = make_organisation(name=name, **fields)
    with counts.kept([made]):
        Organisation.objects.filter(pk=made.pk).update(latitude=at[0], longitude=at[1])
    made.refresh_from_db()
    return made


@pytest.fixture
def three():
    return [
        place("Weaver", BARCELONA, country="ES", region="ES51", town="Barcelona"),
        place("Knitter", BARCELONA, country="ES", region="ES51", town="Barcelona"),
        place("Dyer", PORTO, country="PT", region="PT11", town="Porto", kind="large"),
    ]


def points(client, box=EUROPE, zoom=4, **filters):
    answer = client.get(reverse("directory:map_points"), {"box": box, "zoom": zoom, **filters})
    assert answer.status_code == 200
    return answer.json()["features"]


class TestPoints:
    def test_few_are_named_at_their_places(self, client, three):
        found = {one["properties"]["town"]: one for one in points(client)}
        assert found["Porto"]["geometry"]["coordinates"] == [-8.61, 41.15]
        assert [item["name"] for item in found["Barcelona"]["properties"]["items"]] == [
            "Knitter",
            "Weaver",
        ]

    def test_only_those_in_the_box_and_of_the_choice(self, client, three):
        assert [one["properties"]["town"] for one in points(client, "-10,40,-5,43")] == ["Porto"]
        assert [one["properties"]["town"] for one in points(client, kind="large")] == ["Porto"]

    def test_what_is_not_public_is_not_on_the_map(self, client, three):
        in_state(Organisation.objects.get(name="Dyer"), State.ARCHIVED)
        assert [one["properties"]["town"] for one in points(client)] == ["Barcelona"]

    def test_many_are_numbers_and_the_answer_stays_small(self, client, db):
        first = place("Number", BARCELONA, country="ES")
        fields = {
            field.attname: getattr(first, field.attname)
            for field in Organisation._meta.concrete_fields
            if not field.primary_key
        }
        Organisation.objects.bulk_create(
            Organisation(**{**fields, "slug": f"number-{number}",
                            "latitude": 36 + number % 300 / 12, "longitude": number % 290 / 8})
            for number in range(1, MOST_SINGLE * 4)
        )  # fmt: skip
        counts.drifts(fix=True)
        with CaptureQueriesContext(connection) as captured:
            found = points(client, zoom=4)
        assert len(captured) <= 4
        assert sum(one["properties"]["count"] for one in found) == MOST_SINGLE * 4
        assert all("items" not in one["properties"] for one in found)
        assert len(found) < MOST_SINGLE
        closer = points(client, zoom=7)
        assert sum(one["properties"]["count"] for one in closer) == MOST_SINGLE * 4
        assert len(closer) > len(found)

    @pytest.mark.parametrize(
        ("box", "zoom"),
        [
            ("", "4"),
            (EUROPE, ""),
            (EUROPE, "-1"),
            (EUROPE, str(DEEPEST + 1)),
            (EUROPE, "٣"),
            ("46,32,-25,72", "4"),
            ("-25,32,46", "4"),
            ("nan,32,46,72", "4"),
            ("-25,32,46,91", "4"),
            ("\x00", "4"),
        ],
    )
    def test_what_is_no_part_of_the_earth_is_missing(self, client, box, zoom):
        answer = client.get(reverse("directory:map_points"), {"box": box, "zoom": zoom})
        assert answer.status_code == 404

    def test_an_unknown_filter_is_missing_rather_than_too_much(self, client, three):
        address = reverse("directory:map_points")
        assert client.get(address, {"box": EUROPE, "zoom": 4, "kind": "x"}).status_code == 404


@given(st.text(max_size=40))
def test_no_text_breaks_the_parsers(text):
    box, zoom = parse_box(text), parse_zoom(text)
    assert box is None or (box.west < box.east and box.south < box.north)
    assert zoom is None or 0 <= zoom <= DEEPEST


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_is_never_lighter(one, other):
    low, high = sorted((one, other))
    most = max(high, 1)
    assert 0 <= shade(low, most) <= shade(high, most) <= SHADES
    assert shade(most, most) == SHADES or most == 1


class TestPage:
    def test_the_table_holds_what_the_map_shows(self, client, three):
        page = client.get(reverse("directory:map"))
        text = " ".join(page.content.decode().split())
        assert 'data-country="ES"' in text
        assert [(one.code, one.number) for one in page.context["countries"]] == [
            ("ES", 2),
            ("PT", 1),
        ]
        assert "3 organisations" in text

    def test_map_list_and_files_share_the_address(self, client, three):
        page = client.get(reverse("directory:map"), {"kind": "large"})
        text = page.content.decode()
        assert [one.code for one in page.context["countries"]] == ["PT"]
        for name in ("index", "map_points", "map_picture", "csv", "geojson"):
            assert f"{reverse(f'directory:{name}')}?kind=large" in text
        assert "?kind=large&amp;country=PT" in text

    def test_without_a_place_one_is_in_the_table_only(self, client, three):
        made = make_organisation(name="Nowhere", country="BG", town="")
        Organisation.objects.filter(pk=made.pk).update(latitude=None, longitude=None)
        page = client.get(reverse("directory:map"))
        assert page.context["placeless"] == 1
        assert "BG" in [one.code for one in page.context["countries"]]
        assert sum(one["properties"]["count"] for one in points(client)) == 3

    def test_queries_do_not_grow(self, client, three):
        def cost():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse("directory:map")).status_code == 200
            return len(captured)

        client.get(reverse("directory:map"))
        few = cost()
        for number in range(6):
            place(f"More {number}", PORTO, country="PT", region="PT11")
        client.get(reverse("directory:map"))
        assert cost() <= few <= 15

    @pytest.mark.parametrize("query", ["kind=x", "country=%00", "region=" + "x" * 3000, "cluster="])
    def test_whatever_the_address_holds_it_answers(self, client, three, query):
        assert client.get(f"{reverse('directory:map')}?{query}").status_code == 200


class TestPicture:
    def test_it_is_svg_with_a_circle_for_each_place(self, client, three):
        answer = client.get(reverse("directory:map_picture"))
        assert answer["Content-Type"].startswith("image/svg+xml")
        root = ElementTree.fromstring(answer.content)  # noqa: S314 (our own answer)
        circles = root.findall(".//{http://www.w3.org/2000/svg}circle")
        assert len(circles) == 2
        assert "3 organisations" in answer.content.decode()

    def test_it_says_what_was_chosen(self, client, three):
        answer = client.get(reverse("directory:map_picture"), {"country": "PT"})
        assert "1 organisation" in answer.content.decode()
        assert "Portugal" in answer.content.decode()
        nonsense = client.get(reverse("directory:map_picture"), {"kind": "<svg>"})
        assert nonsense.status_code == 404

    @pytest.mark.parametrize("language", ["fr", "bg"])
    def test_numbers_of_a_drawing_have_points_in_every_language(self, client, three, language):
        address = reverse("directory:map_picture").replace("/en/", f"/{language}/")
        circle = ElementTree.fromstring(client.get(address).content).find(  # noqa: S314
            ".//{http://www.w3.org/2000/svg}circle"
        )
        assert float(circle.get("cx")) > 0


def test_the_outlines_know_every_country_of_the_directory():
    from django.contrib.staticfiles import finders

    from directory.models import Country

    with open(finders.find("data/europe.json"), encoding="utf-8") as file:
        codes = {one["properties"]["code"] for one in json.load(file)["features"]}
    assert set(Country.objects.values_list("code", flat=True)) <= codes
