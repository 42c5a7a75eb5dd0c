"""What happens by itself: ends, warnings, reminders by working days, questions, and forgetting."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import periodic
from opportunities import actions
from opportunities.models import FollowUp, Interest, Opportunity, OpportunityLog
from opportunities.states import InterestState, State
from opportunities.vocabulary import Result, Side
from tests.factories.members import CoordinatorFactory
from tests.factories.opportunities import make_interest, make_opportunity, make_writer

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def test_the_jobs_are_registered():
    names = {name for name in periodic._jobs if name.startswith("opportunities")}
    assert names == {
        "opportunities_expire",
        "opportunities_warn_of_end",
        "opportunities_remind",
        "opportunities_close_unanswered",
        "opportunities_ask_outcomes",
        "opportunities_forget",
    }


def test_an_opportunity_ends_after_its_last_day_once(told):
    opportunity = make_opportunity()
    writer = make_writer(opportunity.organisation)
    end = opportunity.expires_on
    assert actions.expire(end) == 0
    mails = told(actions.expire, end + timedelta(days=1))
    assert list(mails) == [writer.email]
    opportunity.refresh_from_db()
    assert (opportunity.state, bool(opportunity.closed_at)) == (State.EXPIRED, True)
    assert OpportunityLog.objects.first().actor is None
    assert actions.expire(end + timedelta(days=2)) == 0


def test_search_does_not_lead_to_what_is_over_for_longer_than_a_minute():
    # The job and `is_public` go by the same day, that of the site's time zone.
    assert periodic._jobs["opportunities_expire"].every <= timedelta(minutes=1)


def test_its_people_are_warned_once_of_each_end(told):
    opportunity = make_opportunity()
    writer = make_writer(opportunity.organisation)
    end = opportunity.expires_on
    assert actions.warn_of_end(end - timedelta(days=15)) == 0
    mails = told(actions.warn_of_end, end - timedelta(days=14))
    assert list(mails) == [writer.email]
    assert actions.warn_of_end(end - timedelta(days=3)) == 0
    opportunity.refresh_from_db()
    later = timezone.localdate() + timedelta(days=200)
    actions.renew(
        opportunity=opportunity, actor=writer, version=opportunity.version, expires_on=later
    )
    assert actions.warn_of_end(later - timedelta(days=14)) == 1


@pytest.mark.parametrize(
    ("sent", "reminded", "closed"),
    [
        (MONDAY, date(2026, 3, 9), date(2026, 3, 23)),
        (date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 27)),
        # What is sent on a weekend is counted from Monday on.
        (date(2026, 3, 7), date(2026, 3, 13), date(2026, 3, 27)),
        (date(2026, 3, 8), date(2026, 3, 13), date(2026, 3, 27)),
    ],
    ids=["Monday", "Friday", "Saturday", "Sunday"],
)
def test_unanswered_interest_is_reminded_of_and_closed_by_working_days(
    told, sent, reminded, closed
):
    interest = make_interest(day=sent)
    owner = make_writer(interest.opportunity.organisation)
    writer = make_writer(interest.organisation)
    day = timedelta(days=1)
    assert actions.remind(reminded - day) == 0
    mails = told(actions.remind, reminded)
    assert list(mails) == [owner.email]
    # Once is enough.
    assert actions.remind(reminded + day) == 0
    assert actions.close_unanswered(closed - day) == 0
    mails = told(actions.close_unanswered, closed)
    assert list(mails) == [writer.email]
    assert "Nobody answered within 15 working days." in mails[writer.email]
    interest.refresh_from_db()
    assert (interest.state, interest.closing) == (InterestState.CLOSED, "unanswered")
    assert actions.close_unanswered(closed + day) == 0


def test_what_is_answered_is_neither_reminded_of_nor_closed(told):
    for state in InterestState:
        if state != InterestState.SENT:
            make_interest(day=MONDAY, state=state)
    before = dict(Interest.objects.values_list("pk", "state"))
    assert actions.remind(MONDAY + timedelta(days=8)) == 0
    assert actions.close_unanswered(MONDAY + timedelta(days=60)) == 0
    assert dict(Interest.objects.values_list("pk", "state")) == before


def accepted(days_ago=0):
    interest = make_interest(state=InterestState.ACCEPTED)
    at = timezone.now() - timedelta(days=days_ago)
    Interest.objects.filter(pk=interest.pk).update(decided_at=at)
    return interest


class TestOutcomes:
    @pytest.mark.parametrize(("days", "number"), [(29, 0), (30, 2), (90, 4), (180, 6)])
    def test_both_sides_are_asked_after_30_90_and_180_days(self, told, days, number):
        interest = accepted()
        owner = make_writer(interest.opportunity.organisation)
        writer = make_writer(interest.organisation)
        now, mails = timezone.now(), {}
        # As every day in between.
        for day in (30, 90, 180):
            if day <= days:
                mails = told(actions.ask, now + timedelta(days=day, minutes=1))
        if days < 30:
            mails = told(actions.ask, now + timedelta(days=days))
        assert FollowUp.objects.count() == number
        assert set(mails) == ({owner.email, writer.email} if number else set())
        assert actions.ask(now + timedelta(days=days, minutes=2)) == 0
        for row in FollowUp.objects.filter(day=days):
            address = reverse("opportunities:outcome", args=[row.pk])
            told_to = owner if row.side == Side.OWNER else writer
            assert address in mails[told_to.email]

    def test_nobody_gets_three_questions_at_once(self):
        accepted(days_ago=400)
        assert actions.ask() == 2
        assert {row.day for row in FollowUp.objects.all()} == {180}

    def test_only_what_was_accepted_is_asked_about(self):
        for state in InterestState:
            interest = make_interest(state=state)
            if state not in {InterestState.SENT, InterestState.ACCEPTED}:
                at = timezone.now() - timedelta(days=40)
                Interest.objects.filter(pk=interest.pk).update(decided_at=at)
        assert actions.ask() == 0

    def test_each_side_answers_for_itself_and_can_change_it(self, client_for):
        interest = accepted(days_ago=31)
        actions.ask()
        owner = client_for(make_writer(interest.opportunity.organisation))
        writer = client_for(make_writer(interest.organisation))
        asked = {
            row.side: reverse("opportunities:outcome", args=[row.pk])
            for row in FollowUp.objects.all()
        }
        assert asked["owner"] in owner.get(reverse("opportunities:mine")).content.decode()
        for browser, side in ((owner, "interested"), (writer, "owner")):
            assert browser.get(asked[side]).status_code == 404
            assert browser.post(asked[side], {"result": "nothing"}).status_code == 404
        assert client_for(CoordinatorFactory()).get(asked["owner"]).status_code == 404
        today = timezone.localdate()
        for sent, field in (
            ({"result": ""}, "result"),
            ({"result": "meeting", "value": "5"}, "value"),
            ({"result": "agreement", "value": "-5"}, "value"),
            ({"result": "meeting", "happened_on": "9999-12-31"}, "happened_on"),
        ):
            answer = owner.post(asked["owner"], sent)
            assert answer.status_code == 422
            assert answer.context["form"].errors[field]
        sent = {"result": "agreement", "value": "1200.50", "happened_on": today.isoformat()}
        owner.post(asked["owner"], sent)
        row = FollowUp.objects.get(side=Side.OWNER)
        assert (row.result, str(row.value), row.happened_on) == ("agreement", "1200.50", today)
        owner.post(asked["owner"], {"result": "nothing"})
        row.refresh_from_db()
        assert (row.result, row.value) == (Result.NOTHING, None)
        assert FollowUp.objects.get(side=Side.INTERESTED).result == ""

    def test_the_database_holds_the_rules_too(self):
        accepted(days_ago=31)
        actions.ask()
        row = FollowUp.objects.first()
        now = timezone.now()
        for values in (
            {"result": "meeting"},
            {"answered_at": now},
            {"result": "meeting", "answered_at": now, "value": 5},
            {"day": 31},
            {"side": "third"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                FollowUp.objects.filter(pk=row.pk).update(**values)


def test_what_led_to_nothing_is_forgotten_after_a_year_and_contacts_after_two():
    now = timezone.now()
    for state in InterestState:
        make_interest(state=state, message=f"It was {state}")
    Interest.objects.exclude(state=InterestState.SENT).update(decided_at=now)
    ended = make_opportunity(State.EXPIRED)
    assert actions.forget_old(now + timedelta(days=364)) == 0
    assert actions.forget_old(now + timedelta(days=366)) == 3
    assert set(Interest.objects.values_list("state", flat=True)) == {"sent", "accepted"}
    assert actions.forget_old(now + timedelta(days=732)) == 2
    kept = Interest.objects.get(state=InterestState.ACCEPTED)
    assert (kept.contact_name, kept.contact_email, kept.message) == ("", "", "")
    assert Opportunity.objects.get(pk=ended.pk).contact_email == ""
    assert Opportunity.objects.exclude(pk=ended.pk).exclude(contact_email="").count() == 5


def test_the_mail_is_in_the_readers_language(told):
    opportunity = make_opportunity()
    writer = make_writer(opportunity.organisation)
    writer.language = "fr"
    writer.save()
    mails = told(actions.warn_of_end, opportunity.expires_on)
    assert f"/fr/opportunities/{opportunity.pk}/edit/" in mails[writer.email]
