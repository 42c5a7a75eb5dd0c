"""What is asked for, in numbers that name nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search import tallies
from search.models import QueryTally, RankTally
from search.query import SearchQuery
from tests.factories.members import EditorFactory, MemberFactory

pytestmark = pytest.mark.django_db

TOLD = "/en/search/told/"
REPORT = "/admin/reports/searches/"


def stamp(text="Linen Yarn", total=3):
    return tallies.stamp_of(SearchQuery(text=text, language="en"), total)


def tell(browser, reader, rank=0, **values):
    return browser.post(
        TOLD, {"stamp": stamp(**values), "rank": str(rank)}, headers={"user-agent": reader}
    ).status_code


def test_questions_and_clicks_count_once_a_day_for_each_reader(browser):
    for reader in ("a", "b", "b"):
        assert tell(browser, reader) == 204
        assert tell(browser, reader, rank=2) == 204
    row = QueryTally.objects.get()
    assert (row.text, row.asked, row.unanswered, row.clicked) == ("linen yarn", 2, 0, 2)
    assert tallies.clicks_by_rank(timezone.localdate(), 10) == [(2, 2)]


def test_without_a_result(browser):
    tell(browser, "a", total=0)
    assert QueryTally.objects.get().unanswered == 1


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"stamp": "made up"},
        {"stamp": "WyJhIl0:x"},
        {"stamp": "\x00", "rank": "1"},
        {"rank": "-1"},
        {"rank": "x"},
        {"rank": "²"},
        {"rank": "10001"},
        {"rank": "9" * 5000},
    ],
)
def test_nonsense_counts_nothing(browser, values):
    sent = {"stamp": stamp()} | values if "rank" in values and "stamp" not in values else values
    assert browser.post(TOLD, sent).status_code == 400
    assert not QueryTally.objects.exists()
    assert not RankTally.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "anna@example.org", "+45 12 34 56 78", "https://example.org/x", "word " * 30]
)
def test_what_could_tell_of_somebody_has_no_stamp(text):
    assert stamp(text) == ""


def test_nobody_floods_it(browser, monkeypatch):
    monkeypatch.setattr(tallies, "MOST_A_MINUTE", 2)
    for number in range(4):
        tell(browser, "a", text=f"linen {'abcd'[number]}")
    assert QueryTally.objects.count() == 2


class TestReport:
    @pytest.fixture(autouse=True)
    def _no_second_factor(self, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False

    def tally(self, text, asked, days=0, **values):
        day = timezone.localdate() - timedelta(days=days)
        QueryTally.objects.create(day=day, language="en", text=text, asked=asked, **values)

    def test_it_shows_what_is_asked_often_only(self, client_for):
        self.tally("linen", 2, unanswered=1)
        self.tally("linen", 2, days=3)
        self.tally("somebody", 2)
        self.tally("long ago", 9, days=40)
        RankTally.objects.create(day=timezone.localdate(), rank=1, clicks=4)
        html = client_for(EditorFactory()).get(REPORT).content.decode()
        assert "linen" in html
        assert "somebody" not in html
        assert "long ago" not in html
        assert "Clicks by rank" in html
        assert "long ago" in client_for(EditorFactory()).get(REPORT + "?days=90").content.decode()

    @pytest.mark.parametrize("days", ["", "x", "9", "٣"])
    def test_other_periods_are_the_usual_one(self, client_for, days):
        assert client_for(EditorFactory()).get(REPORT, {"days": days}).context["days"] == 30

    def test_not_for_others(self, client_for):
        assert client_for(MemberFactory()).get(REPORT).status_code in {302, 404}
        assert client_for().get(REPORT).status_code == 302

    def test_the_admin_leads_to_it_and_not_to_one_that_nothing_feeds(
        self, client_for, administrator
    ):
        html = client_for(administrator).get("/admin/").content.decode()
        assert REPORT in html
        assert "search-terms" not in html

    def test_old_and_rare_words_are_forgotten(self):
        self.tally("linen", 3, days=100)
        self.tally("somebody", 1, days=100)
        self.tally("new", 1)
        self.tally("linen", 3, days=400)
        RankTally.objects.create(day=timezone.localdate() - timedelta(days=400), rank=1, clicks=1)
        tallies.prune()
        assert sorted(QueryTally.objects.values_list("text", flat=True)) == ["linen", "new"]
        assert not RankTally.objects.exists()
