"""The coordinators' queue of people who wait: filters, service levels, one decision for many."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.working_days import add_working_days, working_days_before, working_days_between
from directory import actions as directory
from directory.models import Claim, Organisation
from directory.states import State
from directory.vocabulary import Role
from members.models import User
from members.waiting import time_to_answer
from tests.factories.directory import give_role, make_cluster, make_membership, make_organisation
from tests.factories.members import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    MemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def address():
    return reverse("members_admin:waiting")


@pytest.fixture
def desk(client_for):
    return client_for(CoordinatorFactory())


def registered(name, country=None, **values):
    """An account with a confirmed address."""
    user = UserFactory(name=name, **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.profile.country_id = country
    user.profile.save()
    return user


def claim(user, organisation=None, **values):
    made = directory.claim(
        organisation=organisation or make_organisation(),
        claimant=user,
        message=f"I am {user.name}.",
        role=Role.READER,
    )
    Claim.objects.filter(pk=made.pk).update(**values)
    return made


def shown(desk, address, **query):
    """The names on the page, in their order."""
    page = desk.get(address, query)
    assert page.status_code == 200
    return [row.user.name for row in page.context["rows"]]


def days_ago(days):
    """So many working days before today, at noon."""
    day = working_days_before(timezone.localdate(), days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (CoordinatorFactory, 200),
        (AdministratorFactory, 200),
        (EditorFactory, 404),
        (MemberFactory, 404),
        (UserFactory, 404),
    ],
)
def test_coordinators_only(client_for, address, factory, status):
    browser, waits = client_for(factory()), registered("Waits")
    assert browser.get(address, follow=True).status_code == status
    sent = {"chosen": f"person:{waits.pk}", "decision": "admit", "reason": "A test."}
    assert browser.post(address, sent, follow=True).status_code == status
    waits.refresh_from_db()
    assert waits.is_member is (status == 200)


class TestFilters:
    @pytest.fixture(autouse=True)
    def _people(self):
        today = timezone.localdate()
        self.cluster, mill, other = make_cluster(), make_organisation(), make_organisation()
        make_membership(mill, self.cluster)
        registered("Silent", "PT", date_joined=days_ago(30))
        late = registered("Late", "DK", date_joined=days_ago(20))
        claim(late, mill, due_on=today - timedelta(days=1))
        claim(registered("In time", "PT", date_joined=days_ago(6)), other, due_on=today)
        for name, days in (("Sent long ago", 11), ("Sent", 10)):
            sent = make_organisation(State.SUBMITTED)
            give_role(sent, user=registered(name, date_joined=days_ago(5)))
            Organisation.objects.filter(pk=sent.pk).update(submitted_at=days_ago(days))
        # None of these waits.
        UserFactory(name="Unconfirmed")
        registered("Suspended", is_active=False)
        MemberFactory(name="By exception")
        give_role(
            make_organisation(), Role.READER, MemberFactory(name="Placed", stands_alone=False)
        )

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, ["Silent", "Late", "In time", "Sent long ago", "Sent"]),
            ({"who": "asking"}, ["Late", "In time", "Sent long ago", "Sent"]),
            ({"who": "overdue"}, ["Late", "Sent long ago"]),
            ({"who": "unasked"}, ["Silent"]),
            ({"country": "PT"}, ["Silent", "In time"]),
            ({"country": "PT", "who": "asking"}, ["In time"]),
            ({"days": 6}, ["Silent", "Late", "In time"]),
            ({"days": 7}, ["Silent", "Late"]),
            ({"days": 500}, []),
            # What is not understood narrows nothing.
            (
                {"who": "x", "country": "x", "cluster": "x", "days": "-1"},
                ["Silent", "Late", "In time", "Sent long ago", "Sent"],
            ),
        ],
    )
    def test_who_is_shown(self, desk, address, query, names):
        assert shown(desk, address, **query) == names

    def test_by_cluster(self, desk, address):
        assert shown(desk, address, cluster=self.cluster.pk) == ["Late"]

    def test_members_by_exception(self, desk, address):
        names = shown(desk, address, who="alone")
        assert "By exception" in names
        assert not {"Placed", "Silent"} & set(names)

    def test_what_is_overdue_is_marked_and_counted_on_the_dashboard(self, desk, address):
        text = desk.get(address).content.decode()
        assert text.count(">overdue<") == 2
        home = desk.get(reverse("wagtailadmin_home")).content.decode()
        for words in ("4 people wait", "2 answers are overdue", "1 person has not asked"):
            assert words in home
        assert "New members (4)" in home

    def test_queries_do_not_grow(self, desk, address, django_assert_num_queries):
        desk.get(address)
        with CaptureQueriesContext(connection) as before:
            desk.get(address)
        for number in range(5):
            claim(registered(f"More {number}", "PT"))
        with django_assert_num_queries(len(before)):
            desk.get(address)


class TestDecisions:
    def post(self, desk, address, decision, *chosen, reason="Because."):
        sent = {"decision": decision, "chosen": chosen, "reason": reason}
        return desk.post(f"{address}?who=asking", sent)

    def test_many_requests_are_granted_at_once(self, desk, address):
        people = [registered(name) for name in ("One", "Two")]
        rows = [f"claim:{claim(person).pk}" for person in people]
        answer = self.post(desk, address, "approve", *rows, *rows, "claim:0", "x", "person:x")
        assert answer.url == f"{address}?who=asking"
        assert User.objects.members().filter(pk__in=[one.pk for one in people]).count() == 2

    def test_refused_with_a_reason_that_the_person_reads(
        self, desk, address, client_for, mailoutbox, django_capture_on_commit_callbacks
    ):
        person = registered("One")
        made = claim(person)
        page = self.post(desk, address, "refuse", f"claim:{made.pk}", reason=" ")
        assert page.status_code == 422
        assert page.context["form"].errors["reason"]
        # What was chosen stays so.
        assert f'value="claim:{made.pk}" checked' in page.content.decode()
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            self.post(desk, address, "refuse", f"claim:{made.pk}", reason="Nobody knows you.")
        (mail,) = mailoutbox
        assert mail.to == [person.email]
        assert "Nobody knows you." in mail.body
        assert (
            "Nobody knows you."
            in client_for(person).get(reverse("members:joining")).content.decode()
        )

    def test_an_exception_is_made_and_ended_with_its_reason_in_the_log(self, desk, address):
        person = registered("One")
        for decision, is_member in (("admit", True), ("end", False)):
            self.post(desk, address, decision, f"person:{person.pk}", reason=decision)
            person.refresh_from_db()
            assert person.is_member is is_member
        logged = ModelLogEntry.objects.filter(object_id=str(person.pk))
        told = [(entry.action, entry.data["reason"]) for entry in logged.order_by("pk")]
        assert told == [("members.admitted", "admit"), ("members.ended", "end")]
        assert all(entry.message for entry in logged)

    def test_what_was_decided_meanwhile_or_cannot_be_is_named(self, desk, address):
        first, second, third = (registered(name) for name in ("One", "Two", "Three"))
        decided = claim(first)
        directory.decide_claim(claim=decided, actor=AdministratorFactory(), granted=True)
        rows = [f"claim:{decided.pk}", f"person:{second.pk}", f"claim:{claim(third).pk}"]
        page = desk.get(self.post(desk, address, "approve", *rows).url)
        said = [str(message) for message in page.context["messages"]]
        assert said == [
            "One: this was decided in the meantime.",
            "Two: this cannot be done here.",
            "1 decision is stored.",
        ]

    @pytest.mark.parametrize(
        "sent", [{}, {"decision": "x"}, {"decision": "approve"}, {"chosen": "person:1"}]
    )
    def test_half_a_decision_does_nothing(self, desk, address, sent):
        page = desk.post(address, {"reason": "Kept.", **sent})
        assert page.status_code == 422
        assert "Kept." in page.content.decode()


def test_the_time_to_an_answer_is_a_median_in_working_days():
    now = timezone.now()
    assert time_to_answer(now) is None
    for days in (1, 2, 9):
        made = claim(registered(f"Person {days}"))
        directory.decide_claim(claim=made, actor=CoordinatorFactory(), granted=True)
        Claim.objects.filter(pk=made.pk).update(asked_at=days_ago(days), decided_at=days_ago(0))
    made = claim(registered("Long ago"))
    directory.decide_claim(claim=made, actor=CoordinatorFactory(), granted=True)
    Claim.objects.filter(pk=made.pk).update(
        asked_at=now - timedelta(days=90), decided_at=now - timedelta(days=60)
    )
    assert time_to_answer(now) == 2


@pytest.mark.parametrize("days", [0, 1, 4, 5, 6, 11])
@pytest.mark.parametrize("weekday", range(7))
def test_working_days_are_counted_back_and_between(days, weekday):
    end = timezone.localdate() + timedelta(days=weekday)
    start = working_days_before(end, days)
    assert working_days_between(start, end) == days
    assert add_working_days(start, days) <= end
    assert working_days_between(end, start) == 0
