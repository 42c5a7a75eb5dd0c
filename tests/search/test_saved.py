"""Saved searches: keeping them, and the mail about what is new in them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.audiences import MEMBERS, STAFF
from search import actions, mailing
from search.errors import NameTaken, NotAllowed, NothingAsked, TooManySaved
from search.models import Rhythm, SavedSearch, SearchEntry
from search.tokens import stop_address
from tests.factories.members import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/en/search/saved/"


@pytest.fixture
def keep(member):
    """Keep a search for the member, last told two days ago."""

    def save(text="flax", rhythm=Rhythm.DAILY, **filters):
        saved = actions.save_search(
            user=member, text=text, filters=filters, language="en", rhythm=rhythm
        )
        SavedSearch.objects.filter(pk=saved.pk).update(told_at=timezone.now() - timedelta(days=8))
        saved.refresh_from_db()
        return saved

    return save


@pytest.fixture
def send(commit):
    """Send what is due, as the periodic job does, some minutes from now."""

    def run(minutes=10):
        with commit():
            mailing.send_due(timezone.now() + timedelta(minutes=minutes))
        return [message.subject + message.body for message in mail.outbox]

    return run


class TestKeeping:
    def test_from_the_page_of_results_to_the_list(self, client_for, member, fill):
        fill({"title": "Flax", "kind": "document"})
        browser = client_for(member)
        page = browser.get("/en/search/", {"q": "flax", "kind": "document"}).content.decode()
        assert "Save this search" in page
        answer = browser.post(
            "/en/search/saved/new/", {"q": "flax", "kind": "document"}, follow=True
        )
        (saved,) = SavedSearch.objects.all()
        assert (saved.text, saved.filters, saved.rhythm) == (
            "flax",
            {"kind": ["document"]},
            Rhythm.NONE,
        )
        assert answer.redirect_chain[-1][0] == reverse("search:saved_change", args=[saved.pk])
        answer = browser.post(
            answer.redirect_chain[-1][0], {"name": "My flax", "rhythm": "weekly"}, follow=True
        )
        html = answer.content.decode()
        assert "My flax" in html
        assert "Kind: Document" in html
        assert "E-mail once a week" in html
        assert 'href="/en/search/?q=flax&amp;kind=document"' in html
        browser.post(f"{LIST}{saved.pk}/remove/")
        assert not SavedSearch.objects.exists()
        assert "No saved searches yet" in browser.get(LIST).content.decode()

    def test_twice_is_once(self, keep):
        assert keep("flax", kind=["page"]) == keep("flax", kind=["page"])

    def test_a_name_is_found_where_none_is_given(self, keep):
        keep("flax")
        assert keep("flax", kind=["page"]).name == "flax (2)"

    def test_only_members(self, client_for):
        with pytest.raises(NotAllowed):
            actions.save_search(
                user=UserFactory(approved_at=None), text="flax", filters={}, language="en"
            )
        answer = client_for().post("/en/search/saved/new/", {"q": "flax"})
        assert answer.status_code == 302
        assert "login" in answer.url
        assert client_for().get(LIST).status_code == 302

    def test_something_must_be_asked(self, member):
        with pytest.raises(NothingAsked):
            actions.save_search(user=member, text=' "', filters={}, language="en")

    def test_not_without_end(self, member, monkeypatch):
        monkeypatch.setattr(actions, "MOST_SAVED", 1)
        actions.save_search(user=member, text="a1", filters={}, language="en")
        with pytest.raises(TooManySaved):
            actions.save_search(user=member, text="b2", filters={}, language="en")

    def test_names_are_told_apart(self, keep, member, client_for):
        first, second = keep("flax"), keep("hemp")
        with pytest.raises(NameTaken):
            actions.change_saved_search(
                saved=second, user=member, name=first.name, rhythm=Rhythm.NONE
            )
        answer = client_for(member).post(f"{LIST}{second.pk}/", {"name": "flax", "rhythm": "none"})
        assert answer.status_code == 422
        assert "of this name already" in answer.content.decode()
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.filter(pk=second.pk).update(name="flax")

    def test_what_is_somebody_elses_is_missing(self, keep, client_for):
        saved = keep()
        browser = client_for(MemberFactory())
        assert saved.name not in browser.get(LIST).content.decode()
        for address in (f"{LIST}{saved.pk}/", f"{LIST}{saved.pk}/remove/"):
            assert browser.post(address, {"name": "x", "rhythm": "none"}).status_code == 404


class TestMail:
    def test_it_tells_what_is_new_and_only_once(self, keep, fill, send):
        fill({"title": "Old flax"})
        SearchEntry.objects.update(appeared_at=timezone.now() - timedelta(days=30))
        fill({"title": "New flax", "summary": "So & so"}, {"title": "New jute"})
        saved = keep()
        (text,) = send()
        assert "New in your search “flax”" in text
        assert "New flax" in text
        assert "So & so" in text
        assert "http://localhost" in text
        assert "Old flax" not in text
        assert "jute" not in text
        assert len(send()) == 1
        saved.refresh_from_db()
        assert saved.told_at > timezone.now()

    def test_with_nothing_new_there_is_none(self, keep, send):
        keep()
        assert send() == []

    def test_what_appears_while_it_is_made_comes_next(self, keep, fill, send):
        keep()
        fill({"title": "New flax"})
        assert send(minutes=1) == []
        with transaction.atomic():
            SavedSearch.objects.update(told_at=timezone.now() - timedelta(days=1))
        assert len(send(minutes=30)) == 1

    def test_only_what_its_owner_may_read_now(self, keep, fill, send, member):
        fill({"title": "Flax for staff", "audience": frozenset({STAFF})})
        keep()
        assert send() == []
        fill({"title": "Flax for members", "audience": frozenset({MEMBERS})})
        SavedSearch.objects.update(told_at=timezone.now() - timedelta(days=8))
        (text,) = send()
        assert "Flax for members" in text
        assert "staff" not in text

    @pytest.mark.parametrize("change", [{"is_active": False}, {"approved_at": None}])
    def test_who_is_no_member_any_more_gets_none(self, keep, fill, send, member, change):
        fill({"title": "New flax"})
        keep()
        type(member).objects.filter(pk=member.pk).update(**change)
        assert send() == []

    def test_filters_hold(self, keep, fill, send):
        fill({"title": "Flax", "kind": "page"})
        keep("flax", kind=["document"])
        assert send() == []

    def test_never_is_never_and_weekly_is_on_mondays(self, keep, fill, commit):
        fill({"title": "New flax"})
        never, weekly = keep("flax", Rhythm.NONE), keep("flax", Rhythm.WEEKLY, kind=["page"])
        monday = mailing.last_moment(Rhythm.WEEKLY, timezone.now())
        SavedSearch.objects.filter(pk=weekly.pk).update(told_at=monday + timedelta(minutes=1))
        with commit():
            mailing.send_due(monday + timedelta(days=6))
        assert mail.outbox == []
        with commit():
            mailing.send_due(monday + timedelta(days=7, minutes=1))
        assert len(mail.outbox) == 1
        never.refresh_from_db()
        assert never.rhythm == Rhythm.NONE

    def test_of_two_workers_one_sends(self, keep, fill, commit):
        fill({"title": "New flax"})
        saved = keep()
        now = timezone.now() + timedelta(minutes=10)
        with commit():
            mailing.mail_saved_search(saved_id=saved.pk, now=now)
            mailing.mail_saved_search(saved_id=saved.pk, now=now)
        assert len(mail.outbox) == 1

    def test_in_the_readers_language_in_two_forms(self, keep, fill, send, member):
        type(member).objects.filter(pk=member.pk).update(language="fr")
        fill({"title": "Lin & <laine> flax", "language": "fr"})
        keep()
        send()
        (message,) = mail.outbox
        html = message.alternatives[0].content
        assert '<html lang="fr">' in html
        assert "Lin &amp; &lt;laine&gt; flax" in html
        assert "Lin & <laine> flax" in message.body
        assert "/fr/search/" in message.body
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_one_step_stops_it(self, keep, fill, send, client_for):
        fill({"title": "New flax"})
        saved = keep()
        send()
        address = re.search(r"<http://[^/]+(.+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])
        browser = client_for()
        assert "Do you want no more mail" in browser.get(address[1]).content.decode()
        saved.refresh_from_db()
        assert saved.rhythm == Rhythm.DAILY
        answer = browser.post(address[1], {"List-Unsubscribe": "One-Click"})
        assert "no more mail about this search" in answer.content.decode()
        saved.refresh_from_db()
        assert saved.rhythm == Rhythm.NONE

    def test_a_made_up_word_stops_nothing(self, keep, client_for):
        keep()
        for word in ("x", "1:2:3", stop_address(10**6).split("/")[-2]):
            assert client_for().post(f"/en/search/mail/{word}/").status_code == 404
