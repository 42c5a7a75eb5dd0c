"""Notices about addresses that are no posts are one case for each place; and what a flood may do."""

import pytest

from forum import actions, errors, queue
from forum.models import ModerationLog, ModeratorScope, Report
from forum.models.reports import Handling
from forum.places import place_of
from forum.views import reports as views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]

FORM = "/en/forum/moderation/notice/"
OWN = "http://localhost"


def notice(address="/en/somewhere/", email="a@example.org", language="en", **values):
    return actions.give_notice(
        explanation="A forbidden sign",
        address=address,
        name="A reader (sample)",
        email=email,
        good_faith=True,
        language=language,
        **values,
    )


@pytest.mark.parametrize(
    "address",
    ["/en/x/?b=2&a=1", f"{OWN}/en/x?a=1&b=2", " HTTPS://LOCALHOST/en/x/?a=1&b=2#:~:text=sign "],
)
def test_one_place_in_many_writings(address):
    assert place_of(address) == "/en/x?a=1&b=2"


@pytest.mark.parametrize(
    "address", ["/en/X/?a=1&b=2", "/en/x/", "/en/x/?a=2&b=1", "https://example.org/en/x/?a=1&b=2"]
)
def test_other_places_are_others(address):
    assert place_of(address) not in {"/en/x?a=1&b=2", ""}


@pytest.mark.parametrize("address", ["", "/", OWN, "http://[", "x" * 600, "//"])
def test_any_text_is_a_place(address):
    assert 0 < len(place_of(address)) <= 500


def test_they_are_one_case_and_answered_together(moderator, client_for):
    first = notice()
    second = notice(f"{OWN}/en/somewhere#there", "b@example.org")
    other = notice("/en/elsewhere/")
    rows = list(queue.rows(moderator))
    assert [(row["kind"], row["key"]) for row in rows] == [
        ("notice", first.pk),
        ("notice", other.pk),
    ]
    assert [len(item.reports) for item in queue.items(rows)] == [2, 1]
    browser, address = client_for(moderator), f"/admin/forum/notices/{first.pk}/"
    assert "b@example.org" in browser.get(address).content.decode()
    answer = browser.post(address, {"answer": "Removed", "upheld": "on"})
    assert answer.url == f"/admin/forum/notices/{other.pk}/"
    upheld = Report.objects.filter(state=Handling.UPHELD, answer="Removed")
    assert set(upheld) == {first, second}
    assert ModerationLog.objects.filter(actor=moderator).count() == 1
    with pytest.raises(errors.AlreadyHandled):
        actions.settle_notice(report=second, moderator=moderator, upheld=True, answer="Again")


def test_each_once_while_it_is_open(moderator):
    known = notice()
    with pytest.raises(errors.AlreadyReported):
        notice("/en/somewhere")
    actions.settle_notice(report=known, moderator=moderator, upheld=False, answer="Fine")
    assert notice("/en/somewhere").state == Handling.OPEN


def test_what_is_out_of_reach_stays_open(moderator):
    ModeratorScope.objects.create(user=moderator, languages=["en"])
    known, foreign = notice(), notice(email="b@example.org", language="fr")
    actions.settle_notice(report=known, moderator=moderator, upheld=True, answer="Removed")
    foreign.refresh_from_db()
    assert foreign.state == Handling.OPEN


def test_those_of_before_stay_apart(moderator):
    for number in range(2):
        notice(f"/en/{number}/")
    Report.objects.update(place="")
    assert len(queue.rows(moderator)) == 2


@pytest.mark.parametrize(
    ("name", "sender", "mailbox"),
    [
        ("NOTICES_PER_ADDRESS", "192.0.2.1", "a{}@example.org"),
        ("NOTICES_PER_NETWORK", "192.0.2.{}", "a{}@example.org"),
        ("NOTICES_PER_NETWORK", "2001:db8:0:{}::1", "a{}@example.org"),
        ("NOTICES_PER_MAILBOX", "198.51.{}.1", "a@example.org"),
        ("NOTICES_IN_TOTAL", "198.51.{}.1", "a{}@example.org"),
    ],
)
def test_each_flood_is_stopped(client_for, monkeypatch, name, sender, mailbox):
    monkeypatch.setattr(views, name, 2)
    statuses = [send(client_for(), number, sender, mailbox) for number in range(3)]
    assert statuses == [302, 302, 429]


def test_a_flood_from_one_network_leaves_the_form_to_others(client_for, monkeypatch):
    monkeypatch.setattr(views, "NOTICES_PER_NETWORK", 1)
    monkeypatch.setattr(views, "NOTICES_IN_TOTAL", 2)
    flood = [send(client_for(), number, "192.0.2.{}", "a{}@example.org") for number in range(5)]
    assert flood == [302, 429, 429, 429, 429]
    assert send(client_for(), 9, "198.51.100.{}", "a{}@example.org") == 302


def send(browser, number, sender, mailbox):
    data = {
        "address": f"/en/{number}/",
        "explanation": "A forbidden sign",
        "name": "A reader (sample)",
        "email": mailbox.format(number),
        "good_faith": "on",
        "stamp": views.NoticeForm().initial["stamp"],
    }
    return browser.post(FORM, data, REMOTE_ADDR=sender.format(number)).status_code


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch):
    monkeypatch.setattr("forum.forms.reports.FASTEST_SECONDS", -1)
