"""What the database and the pure functions hold true."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory import actions, errors, towns
from directory.completeness import completeness
from directory.models import ClusterProfile, ExcellenceLabel, Organisation, Region
from directory.sizes import size_class
from directory.states import State
from directory.vocabulary import Level, LineKind, TraitKind
from tests.factories.directory import give_role, make_cluster, make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        (9, "2", "3", "micro"),
        (9, "3", "2", "micro"),
        (9, "3", "3", "small"),
        (10, "1", "1", "small"),
        (49, "10", "50", "small"),
        (49, "11", "11", "medium"),
        (249, "50", "44", "medium"),
        (249, "51", "43", "medium"),
        (249, "51", "44", "large"),
        (250, "1", "1", "large"),
        (0, None, None, "micro"),
        (30, None, None, "small"),
        (30, "60", None, "large"),
        (None, "1", "1", None),
    ],
)
def test_the_size_class(staff, turnover, balance, expected):
    money = [None if value is None else Decimal(value) for value in (turnover, balance)]
    assert size_class(staff=staff, turnover=money[0], balance=money[1]) == expected


@pytest.mark.django_db
class TestProfiles:
    def test_the_size_is_declared_on_a_day_and_again_when_it_changes(self):
        mill = make_organisation(staff=12)
        owner = give_role(mill)
        assert (mill.size_class, mill.size_declared_on) == ("small", timezone.localdate())
        Organisation.objects.update(size_declared_on=timezone.localdate() - timedelta(days=90))
        mill.refresh_from_db()
        for fields, is_today in (({"summary": "New words."}, False), ({"staff": 9}, True)):
            actions.edit(
                organisation=mill,
                editor=owner,
                version=mill.version,
                data=actions.ProfileData(fields=fields),
            )
            mill.refresh_from_db()
            assert (mill.size_declared_on == timezone.localdate()) is is_today
        assert mill.size_class == "micro"

    def test_a_town_brings_its_region_and_its_place(self):
        known = make_organisation(town="ruse", country="BG")
        assert (known.town, known.region_id) == ("Русе", "BG32")
        assert float(known.latitude) == pytest.approx(43.849)
        unknown = make_organisation(town="Small Place", country="PT", region="PT11")
        assert unknown.latitude == Region.objects.get(pk="PT11").latitude
        elsewhere = make_organisation(town="Small Place", country="PT", region="ES51")
        assert elsewhere.region is None
        assert elsewhere.latitude is None

    def test_names_in_any_script_have_an_address_of_their_own(self):
        first = make_organisation(name="Ателие Нишка")
        second = make_organisation(name="Ателие Нишка")
        third = make_organisation(name="!!!")
        reserved = make_organisation(name="Mine")
        assert (first.slug, second.slug) == ("atelie-nishka", "atelie-nishka-2")
        assert (third.slug, reserved.slug) == ("organisation", "mine-2")

    def test_a_published_kind_is_changed_by_coordinators_only(self):
        mill = make_organisation()
        asked = {"organisation": mill, "data": actions.ProfileData(fields={"kind": "cluster"})}
        with pytest.raises(errors.NotAllowed):
            actions.edit(**asked, editor=give_role(mill), version=mill.version)
        actions.edit(**asked, editor=CoordinatorFactory(), version=mill.version)
        assert Organisation.objects.get(pk=mill.pk).is_cluster

    def test_two_editors_at_once(self):
        mill = make_organisation()
        first, second = give_role(mill), give_role(mill)
        seen = mill.version
        data = actions.ProfileData(fields={"summary": "First."})
        actions.edit(organisation=mill, editor=first, version=seen, data=data)
        with pytest.raises(errors.AlreadyHandled):
            actions.edit(
                organisation=mill,
                editor=second,
                version=seen,
                data=actions.ProfileData(fields={"summary": "Second."}),
            )
        assert Organisation.objects.get(pk=mill.pk).summary == "First."

    def test_nobody_fills_the_queue(self):
        somebody = MemberFactory()
        data = {"kind": "sme", "name": "Mill", "country": make_organisation().country}
        for _ in range(5):
            actions.create(creator=somebody, data=actions.ProfileData(fields=data))
        with pytest.raises(errors.TooManyDrafts):
            actions.create(creator=somebody, data=actions.ProfileData(fields=data))

    def test_completeness_names_what_is_missing(self):
        mill = make_organisation(State.DRAFT, town="", summary="", value_chains=[])
        found = completeness(mill)
        assert found.needed == ["a summary", "the town", "the value chains"]
        assert found.percent < 20
        actions.edit(
            organisation=mill,
            editor=give_role(mill),
            version=mill.version,
            data=actions.ProfileData(
                fields={"summary": "Weaves.", "town": "Porto"},
                value_chains=["digital"],
                traits={TraitKind.ROLE: ["fabric"]},
                lines=[(LineKind.OFFER, "weaving", "Cloth")],
            ),
        )
        better = completeness(mill)
        assert better.percent > found.percent
        assert not better.needed
        assert "what you seek" in better.missing
        assert "the number of members" not in better.missing
        assert "the number of members" in completeness(make_cluster()).missing


@pytest.mark.django_db
class TestClusters:
    # The composition of the earlier public profile of a real cluster: 114 + 10 + 3 + 9 = 136.
    PARTS = {"smes": 114, "large": 10, "research": 3, "others": 9}

    @pytest.mark.parametrize(
        ("figures", "fits"),
        [
            ({"members_total": 136, **PARTS}, True),
            ({"members_total": 136}, True),
            ({}, True),
            ({"members_total": 135, **PARTS}, False),
            ({**PARTS}, False),
            ({"members_total": 136, "smes": 114}, False),
            ({"members_total": 136, **PARTS, "start_ups": 115}, False),
            ({"members_total": 136, **PARTS, "start_ups": 114}, True),
        ],
    )
    def test_a_composition_adds_up(self, figures, fits):
        cluster = make_cluster()
        if fits:
            ClusterProfile.objects.create(organisation=cluster, **figures)
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                ClusterProfile.objects.create(organisation=cluster, **figures)

    def test_reminders_before_a_label_ends(self):
        cluster = make_cluster()
        officer = give_role(cluster)
        today = timezone.localdate()
        label = actions.award_label(
            organisation=cluster,
            level=Level.SILVER,
            awarded_on=today - timedelta(days=500),
            valid_until=today + timedelta(days=230),
            actor=CoordinatorFactory(),
        )
        days = [today + timedelta(days=number) for number in (0, 60, 61, 150, 151, 229, 240)]
        told = [actions.remind_of_labels(day) for day in days]
        assert told == [0, 1, 0, 1, 0, 0, 0]
        # A label that another one follows needs no reminder.
        label.delete()
        for year in (1, 3):
            ExcellenceLabel.objects.create(
                organisation=cluster,
                level="gold",
                awarded_on=today - timedelta(days=365 * year),
                valid_until=today + timedelta(days=400 - 100 * year),
            )
        assert actions.remind_of_labels(today) == 0
        assert officer.email

    def test_only_clusters_get_labels_and_only_from_coordinators(self):
        mill, cluster = make_organisation(), make_cluster()
        asked = {"level": Level.BRONZE, "awarded_on": None, "valid_until": None}
        with pytest.raises(errors.NotACluster):
            actions.award_label(organisation=mill, actor=CoordinatorFactory(), **asked)
        with pytest.raises(errors.NotAllowed):
            actions.award_label(organisation=cluster, actor=give_role(cluster), **asked)


@pytest.mark.django_db
def test_towns_stand_in_known_regions_of_their_country():
    regions = dict(Region.objects.values_list("code", "country"))
    assert {(town.region, town.country) for town in towns.towns()} <= set(regions.items())
    assert towns.find(" iasi ", "RO").name == "Iași"
    assert towns.find("Iasi", "BG") is None
