"""Numbers kept by place say at any time what the organisations themselves would say."""

import random
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import actions, counts, errors, transitions
from directory.facets import narrow, tallies
from directory.mapping.points import cells
from directory.mapping.regions import counted
from directory.models import Country, Organisation, PlaceCount
from directory.states import Act, State
from directory.vocabulary import LineKind
from tests.factories.directory import in_state, make_organisation
from tests.factories.members import CoordinatorFactory

pytestmark = pytest.mark.django_db

TOWNS = [("Porto", "PT"), ("Terrassa", "ES"), ("Nantes", "FR"), ("Nowhere", "BG")]
CHAINS = ["fashion_textile", "digital", "circular_economy"]
OFFERS = ["weaving", "sorting", "repair"]


def run(**options):
    out = StringIO()
    call_command("directory_recount", stdout=out, **options)
    return out.getvalue()


def total(**chosen):
    found = counts.numbered(chosen)
    assert found.is_kept
    return found.total()


def changes(mill, coordinator):
    """Every kind of change of what is counted, with how many organisations are public after it."""

    def act(wanted):
        def do():
            transitions.change(
                organisation=mill, act=wanted, actor=coordinator, version=mill.version
            )

        return do

    def edit(**data):
        def do():
            mill.refresh_from_db()
            actions.edit(
                organisation=mill,
                editor=coordinator,
                version=mill.version,
                data=actions.ProfileData(**{"fields": {}, **data}),
            )

        return do

    def edit_many():
        mill.refresh_from_db()
        data = actions.ProfileData(
            fields={"town": "Nantes", "country": Country.objects.get(pk="FR")},
            value_chains=CHAINS[:1],
        )
        actions.edit_many(editor=coordinator, changes=[(mill, data)])

    twice = [(LineKind.OFFER, "weaving", "By hand"), (LineKind.OFFER, "weaving", "By machine")]
    return [
        (edit(fields={"town": "Terrassa", "country": Country.objects.get(pk="ES")}), 0),
        (act(Act.SUBMIT), 0),
        (act(Act.PUBLISH), 1),
        (edit(fields={"town": "Nowhere"}), 1),
        (edit(fields={"kind": "research"}), 1),
        (edit(value_chains=CHAINS), 1),
        (edit(lines=twice), 1),
        (edit_many, 1),
        (act(Act.MARK_STALE), 1),
        (act(Act.CONFIRM), 1),
        (act(Act.ARCHIVE), 0),
        (act(Act.REOPEN), 0),
        (act(Act.SUBMIT), 0),
        (act(Act.PUBLISH), 1),
        (lambda: counts.fold(), 1),
        (mill.delete, 0),
    ]


def test_no_kind_of_change_leaves_a_drift():
    coordinator = CoordinatorFactory()
    mill = make_organisation(State.DRAFT, offers=OFFERS, value_chains=CHAINS[:2])
    for change, number in changes(mill, coordinator):
        change()
        assert counts.drifts() == []
        assert total() == number
    counts.fold()
    assert not PlaceCount.objects.exists()


def test_an_edit_that_saw_another_version_counts_nothing():
    mill, data = make_organisation(), actions.ProfileData(fields={"kind": "research"})
    other = mill.version + 1
    with pytest.raises(errors.AlreadyHandled):
        actions.edit(organisation=mill, editor=CoordinatorFactory(), version=other, data=data)
    assert counts.drifts() == []
    assert total(kind=("sme",)) == 1


def test_the_command_reports_and_fixes():
    mill = make_organisation(offers=["weaving"])
    assert "0 numbers differed" in run()
    Organisation.objects.filter(pk=mill.pk).update(kind="research")
    PlaceCount.objects.filter(facet="").delete()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("directory_recount", stdout=out)
    for line in ("all at PT PT11", "kind=research at PT PT11", "kind=sme at PT PT11"):
        assert line in out.getvalue()
    assert "3 numbers differed" in run(fix=True)
    assert "0 numbers differed" in run()
    assert total(kind=("research",)) == total() == 1


def test_a_place_that_everybody_left_is_on_no_map():
    in_state(make_organisation(town="Porto"), State.ARCHIVED)
    found = counts.numbered({})
    assert (cells(found, 4), counted(found), found.total()) == ([], [], 0)
    assert counts.offered({}) == {}


@pytest.fixture
def crowd():
    draw = random.Random(7)
    for _number in range(16):
        town, country = draw.choice(TOWNS)
        made = make_organisation(
            town=town,
            country=country,
            kind=draw.choice(["sme", "research"]),
            value_chains=draw.sample(CHAINS, draw.randint(0, 2)),
            offers=draw.sample(OFFERS, draw.randint(0, 3)),
            seeks=draw.sample(OFFERS, draw.randint(0, 1)),
            strategies=draw.sample(["recycling", "longevity"], draw.randint(0, 2)),
            roles=draw.sample(["fabric", "yarn"], draw.randint(0, 2)),
            languages=draw.sample(["pt", "en"], draw.randint(0, 2)),
        )
        if draw.random() < 0.2:
            in_state(made, draw.choice([State.STALE, State.ARCHIVED]))


@pytest.mark.parametrize(
    ("chosen", "is_kept"),
    [
        ({}, True),
        ({"layer": ("kind",)}, True),
        ({"country": ("PT", "ES")}, True),
        ({"region": ("PT11",), "kind": ("sme",)}, True),
        ({"kind": ("research", "sme")}, True),
        ({"value_chain": ("digital",)}, True),
        ({"offers": ("weaving",), "country": ("FR",)}, True),
        # Who offers both is one organisation, not two.
        ({"offers": ("sorting", "weaving")}, False),
        ({"offers": ("weaving",), "kind": ("sme",)}, False),
        ({"strategy": ("recycling",)}, True),
        ({"strategy": ("recycling", "longevity")}, False),
        ({"name": ("mill",)}, False),
    ],
)
def test_kept_numbers_are_those_of_counting(crowd, chosen, is_kept):
    found = counts.numbered(chosen)
    assert found.is_kept is is_kept
    live = counts.Numbered(narrow(Organisation.objects.public(), chosen), is_kept=False)
    assert found.total() == live.total()
    assert counted(found) == counted(live)
    assert found.where(latitude=None).total() == live.where(latitude=None).total()
    for zoom in (2, 5, 9):
        assert cells(found, zoom) == cells(live, zoom)


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"country": ("PT", "FR")},
        {"kind": ("sme",)},
        {"strategy": ("recycling",), "region": ("PT11",)},
        {"offers": ("sorting", "weaving"), "role": ("fabric",)},
    ],
)
def test_the_filters_say_the_same(crowd, chosen):
    assert counts.offered(chosen) == tallies(Organisation.objects.public(), chosen)


def test_folding_keeps_the_numbers_and_makes_rows_few(crowd):
    before, rows = counted(counts.numbered({})), PlaceCount.objects.count()
    gone = counts.fold()
    assert gone > 0
    assert PlaceCount.objects.count() == rows - gone
    assert counted(counts.numbered({})) == before
    assert counts.fold() == 0
    assert counts.drifts() == []


def test_the_first_numbers_are_made_by_the_migration(crowd):
    PlaceCount.objects.all().delete()
    import_module("directory.migrations.0009_count_places").count(apps, None)
    assert counts.drifts() == []


def test_a_change_costs_few_queries_whatever_is_counted(crowd):
    mills = list(Organisation.objects.public()[:5])
    with CaptureQueriesContext(connection) as captured, counts.kept(mills):
        Organisation.objects.filter(pk__in=[one.pk for one in mills]).update(
            kind="large", changed_at=timezone.now()
        )
    # Before, the change, after, what differs.
    assert len(captured) <= 4
