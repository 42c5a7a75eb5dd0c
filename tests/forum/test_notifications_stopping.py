"""Stopping mail from the mail itself, without logging in."""

import re

import pytest

from forum import actions
from forum.models import NotificationPreferences, TopicSubscription
from forum.models.following import Frequency, Level
from forum.states import State
from tests.factories.forum import in_state
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]


class TestStopping:
    @pytest.fixture
    def mail(self, done, watched, answer, mailoutbox):
        done(lambda: answer(MemberFactory(), watched))
        return mailoutbox.pop()

    def one_click(self, mail):
        """The address in the header, without the site's own."""
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        return re.fullmatch(r"<http://localhost(/.*)>", mail.extra_headers["List-Unsubscribe"])[1]

    def mute_link(self, mail):
        return re.search(r"Mute this topic:\nhttp://localhost(\S+)", mail.body)[1]

    def test_one_click_stops_mail_without_log_in(
        self, client_for, mail, member, done, watched, answer, mailoutbox
    ):
        # As a mail program does it: no cookie, no token of a form, another origin.
        program = client_for()
        program.handler.enforce_csrf_checks = True
        response = program.post(self.one_click(mail), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE
        actions.mark_read(user=member, topic=watched)
        done(lambda: answer(MemberFactory(), watched))
        assert [member.email] not in [mail.to for mail in mailoutbox]
        assert program.post(self.one_click(mail)).status_code == 200

    def test_looking_only_asks(self, client, mail, member):
        for address in (self.one_click(mail), self.mute_link(mail)):
            text = client.get(address).content.decode()
            assert '<form class="stack" method="post"' in text
        assert not NotificationPreferences.objects.exists()
        assert TopicSubscription.objects.get(user=member).level == Level.WATCH

    def test_a_topic_is_muted_from_the_mail(self, client, mail, member, watched):
        response = client.post(self.mute_link(mail))
        assert watched.title in response.content.decode()
        assert TopicSubscription.objects.get(user=member).level == Level.MUTE
        assert not NotificationPreferences.objects.exists()

    def test_a_topic_that_cannot_be_read_any_more_is_not_named(self, client, mail, watched):
        in_state(watched.posts.get(number=1), State.HIDDEN)
        for method in (client.get, client.post):
            assert watched.title not in method(self.mute_link(mail)).content.decode()

    def test_an_old_mail_still_counts_after_a_new_address(self, client, mail, member):
        member.email = "moved@example.org"
        member.save()
        client.post(self.one_click(mail))
        assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE

    def test_what_was_tampered_with_is_missing(self, client, mail):
        address = self.one_click(mail)
        word = address.rstrip("/").rsplit("/", 1)[1]
        payload, rest = word.split(":", 1)
        for forged in (
            word[:-1] + ("A" if word[-1] != "A" else "B"),
            f"{payload}x:{rest}",
            "WzEsbnVsbF0:1:x",
            word + "x",
            "%00",
        ):
            for method in (client.get, client.post):
                assert method(address.replace(word, forged)).status_code == 404
        assert not NotificationPreferences.objects.exists()

    def test_an_erased_account_is_missing(self, client, mail, member):
        member.delete()
        assert client.post(self.one_click(mail)).status_code == 404

    def test_never_kept_by_a_cache(self, client, mail):
        assert "no-store" in client.get(self.one_click(mail))["Cache-Control"]
