"""An accepted answer about a page that has changed since is to be looked at again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum import actions
from forum.models import (
    Notification,
)
from forum.models.notifications import Kind
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import make_reply, make_topic
from tests.factories.home import restrict

pytestmark = pytest.mark.django_db


def accept(topic, number):
    post = topic.posts.get(number=number)
    actions.accept_answer(post=post, user=topic.author)
    return post


class TestStaleAnswers:
    CAUTION = "The page has changed since this answer was accepted"

    @pytest.fixture
    def practice(self, home_page):
        return make_practice(make_practice_index(home_page), challenge="<p>Torn clothes.</p>")

    @pytest.fixture
    def asked(self, practice):
        topic = make_topic(page=practice)
        make_reply(topic)
        return topic

    def change(self, practice, challenge="<p>Other clothes.</p>"):
        page = practice.specific_class.objects.get(pk=practice.pk)
        page.challenge = challenge
        page.save_revision().publish()

    def told(self):
        lines = Notification.objects.filter(kind=Kind.STALE, read_at=None)
        return sorted(lines.values_list("user_id", flat=True))

    def test_both_who_asked_and_who_answered_are_told(self, practice, asked):
        post = accept(asked, 2)
        self.change(practice)
        assert self.told() == sorted([asked.author_id, post.author_id])
        line = Notification.objects.filter(kind=Kind.STALE).first()
        assert (line.topic, line.post, line.actor) == (asked, post, None)

    def test_once_until_it_is_read(self, practice, asked):
        post = accept(asked, 2)
        actions.mark_read(user=post.author)
        for challenge in (
            "<p>Other.</p>",
            "<p>Yet other.</p>",
            "<p>Torn clothes.</p>",
            "<p>O.</p>",
        ):
            self.change(practice, challenge)
        assert self.told() == sorted([asked.author_id, post.author_id])
        actions.mark_read(user=post.author)
        self.change(practice, "<p>Torn clothes.</p>")
        self.change(practice)
        assert self.told() == sorted([asked.author_id, post.author_id])
        assert Notification.objects.filter(kind=Kind.STALE, user=post.author).count() == 2

    @pytest.mark.parametrize("why", ["no answer", "nothing changed", "taken back", "no account"])
    def test_nobody_else_is_told(self, practice, asked, why):
        if why != "no answer":
            post = accept(asked, 2)
        if why == "taken back":
            actions.unaccept_answer(post=post, user=asked.author)
        if why == "no account":
            post.author.delete()
            asked.author.delete()
        if why == "nothing changed":
            self.change(practice, "<p>Torn clothes.</p>")
        else:
            self.change(practice)
        assert self.told() == []

    def test_it_is_said_at_the_answer_and_in_its_excerpt(self, practice, asked, client):
        accept(asked, 2)
        assert self.CAUTION not in client.get(asked.get_absolute_url()).content.decode()
        self.change(practice)
        shown = client.get(asked.get_absolute_url()).content.decode()
        assert shown.count(self.CAUTION) == 2
        assert self.CAUTION in shown.split('id="post-2"')[1]
        assert self.CAUTION not in shown.split('id="accepted-title"')[0]

    def test_not_of_what_was_accepted_after_the_change(self, practice, asked, client):
        self.change(practice)
        accept(asked, 2)
        assert self.CAUTION not in client.get(asked.get_absolute_url()).content.decode()
        assert self.told() == []

    def test_not_to_who_cannot_read_the_page(self, practice, asked, client):
        accept(asked, 2)
        self.change(practice)
        restrict(practice)
        assert self.CAUTION not in client.get(asked.get_absolute_url()).content.decode()

    def test_at_the_cost_of_no_query(self, practice, asked, client):
        accept(asked, 2)
        counts = []
        for _state in ("before", "after"):
            client.get(asked.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                client.get(asked.get_absolute_url())
            counts.append(len(captured))
            self.change(practice)
        assert counts[0] == counts[1]
