"""Nobody is told of what is not theirs by what is like it, nor by mail about a saved search: with each engine.

The crawl of `test_canary` reads no page that leads from one thing to what is like it with Elasticsearch.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.audiences import Audience
from search import mailing
from search.entries import source_of
from search.models import Rhythm, SavedSearch
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.home import restrict
from tests.factories.members import MemberFactory, UserFactory
from tests.searching import in_each_engine

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEXT = "Shredded denim becomes insulation for walls"
HIT = re.compile(r'card__link" href="[^"]+"[^>]*>([^<]+)<')
HIDDEN = ("quoddraftium", "quodeventium", "quodpendium")
FOR_MEMBERS = ("quodmemberium", "quodshelfium")


class Ground:
    """Three things that are alike and that everybody may read, and what is put beside them."""

    def __init__(self, home):
        self.practices, self.events = make_practice_index(home), make_event_index(home)
        self.seen = (
            make_practice(self.practices, title=f"{TEXT}: a practice", slug="p"),
            make_event(self.events, title=f"{TEXT}: an event", slug="e"),
            make_topic(title=f"{TEXT}: a topic", source=TEXT),
        )

    def hide(self):
        draft, event, waiting = HIDDEN
        make_practice(self.practices, title=f"{TEXT} {draft}", slug="pd", live=False)
        make_event(self.events, title=f"{TEXT} {event}", slug="ed", live=False)
        make_topic(
            CategoryFactory(premoderated_posts=2),
            title=f"{TEXT} {waiting}",
            source=TEXT,
            trusted=False,
        )

    def close(self):
        page, topic = FOR_MEMBERS
        restrict(make_practice(self.practices, title=f"{TEXT} {page}", slug="pm"))
        make_topic(CategoryFactory(audience=Audience.MEMBERS), title=f"{TEXT} {topic}", source=TEXT)

    def alike(self, browser):
        """{source: titles of what is like it, of the three things and beside them} of what everybody may
        read. How near the rest is depends on how rare words are among all that is there."""
        addresses = {
            source: reverse("search:similar", args=[source])
            for source in (source_of(type(one), one.pk) for one in self.seen)
        }
        return {
            source: sorted(
                title for title in HIT.findall(browser.get(at).content.decode()) if TEXT in title
            )
            for source, at in addresses.items()
        }


@in_each_engine
def test_what_is_like_something_is_what_one_may_read(home_page, client_for, refresh_search):
    ground = Ground(home_page)
    visitor, member = client_for(), client_for(MemberFactory())
    refresh_search()
    before = {reader: ground.alike(reader) for reader in (visitor, member)}
    assert any(before[visitor].values())
    ground.hide()
    refresh_search()
    assert [ground.alike(reader) == before[reader] for reader in (visitor, member)] == [True, True]
    ground.close()
    refresh_search()
    assert ground.alike(visitor) == before[visitor]
    # The same eyes do find it where it may be seen, so the silence above means something.
    told = str(ground.alike(member))
    assert [word for word in (*FOR_MEMBERS, *HIDDEN) if word in told] == list(FOR_MEMBERS)


@in_each_engine
def test_mail_about_a_saved_search_tells_what_one_may_read(
    home_page, mailoutbox, refresh_search, django_capture_on_commit_callbacks
):
    member, other = MemberFactory(), UserFactory()
    for user in (member, other):
        SavedSearch.objects.create(
            user=user,
            name="denim",
            text="denim",
            language="en",
            rhythm=Rhythm.DAILY,
            told_at=timezone.now() - timedelta(days=2),
        )
    ground = Ground(home_page)
    ground.hide()
    ground.close()
    refresh_search()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        mailing.send_due(timezone.now() + timedelta(minutes=10))
    told = {mail.to[0]: mail.subject + mail.body for mail in mailoutbox if "denim" in mail.body}
    assert all("a practice" in text and "a topic" in text for text in told.values())
    assert all(word in told[member.email] for word in FOR_MEMBERS)
    assert not [word for word in HIDDEN for text in told.values() if word in text]
    assert not [word for word in FOR_MEMBERS if word in told.get(other.email, "")]
