"""Requests for contact by time and by mail: reminded, closed, forgotten, and told to the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.bounces import mail_stopped
from core.working_days import add_working_days
from members import actions
from members.models import ContactRequest, User
from members.parts import Part
from members.states import ContactState
from tests.factories.members import MemberFactory
from tests.members.people import WORDS, ask, bring_to, full_person, in_contact

pytestmark = pytest.mark.django_db


class TestTime:
    def test_reminded_once_after_five_working_days_and_closed_after_fifteen(
        self, request_, mailoutbox, django_capture_on_commit_callbacks
    ):
        asked = timezone.localdate(request_.asked_at)
        reminded, closed = add_working_days(asked, 5), add_working_days(asked, 15)
        with django_capture_on_commit_callbacks(execute=True):
            done = [
                (
                    actions.remind_of_contacts(asked + timedelta(days=n)),
                    actions.close_contacts(asked + timedelta(days=n)),
                )
                for n in range((closed - asked).days + 2)
            ]
        assert [n for n, one in enumerate(done) if one[0]] == [(reminded - asked).days]
        assert [n for n, one in enumerate(done) if one[1]] == [(closed - asked).days]
        assert ContactRequest.objects.get().state == ContactState.CLOSED
        told = [(mail.to[0], mail.subject) for mail in mailoutbox]
        assert [address for address, _ in told] == [
            request_.recipient.email,
            request_.sender.email,
            request_.recipient.email,
        ]
        assert "still waits" in told[0][1]

    def test_what_ended_is_forgotten_after_a_year_and_what_lives_is_not(self, request_, sender):
        bring_to(request_, ContactState.DECLINED)
        alive = in_contact(sender, MemberFactory())
        now = timezone.now()
        assert actions.prune_contacts(now + timedelta(days=364)) == 0
        assert actions.prune_contacts(now + timedelta(days=366)) == 1
        assert ContactRequest.objects.get() == alive


class TestMail:
    @pytest.fixture
    def recipient(self):
        return full_person()

    @pytest.fixture
    def sent(self, django_capture_on_commit_callbacks, mailoutbox):
        def of(act):
            before = len(mailoutbox)
            with django_capture_on_commit_callbacks(execute=True):
                act()
            return mailoutbox[before:]

        return of

    def test_each_step_is_told_to_the_other_after_the_commit(
        self, sender, recipient, sent, mailoutbox
    ):
        asked = sent(lambda: ask(sender, recipient))
        assert [mail.to for mail in asked] == [[recipient.email]]
        assert sender.name in asked[0].subject
        assert "We look for linen." in asked[0].body
        request = ContactRequest.objects.get()
        answered = sent(
            lambda: actions.accept_contact(request=request, user=recipient, language="en")
        )
        assert [mail.to for mail in answered] == [[sender.email]]
        for mail in mailoutbox:
            text = mail.body + mail.alternatives[0].content
            assert reverse("members:contact", args=[request.pk]) in text
            assert reverse("members:contact_mail") in text
            assert not {sender.email, recipient.email} & set(text.split())
            assert WORDS[Part.TELEPHONE] not in text

    def test_a_rollback_sends_nothing(self, sender, recipient, sent):
        def undone():
            with transaction.atomic():
                ask(sender, recipient)
                transaction.set_rollback(True)

        assert sent(undone) == []

    def test_not_to_those_who_want_none(self, sender, recipient, sent, client_for):
        address = reverse("members:contact_mail")
        assert client_for(recipient).post(address, {}).url == address
        assert sent(lambda: ask(sender, User.objects.get(pk=recipient.pk))) == []
        client_for(recipient).post(address, {"contact_mail": "on"})
        assert sent(lambda: ask(MemberFactory(), User.objects.get(pk=recipient.pk)))

    def test_not_to_an_address_that_takes_none(self, sender, recipient, sent):
        mail_stopped.send(sender=User, user=recipient, is_complaint=False)
        assert sent(lambda: ask(sender, User.objects.get(pk=recipient.pk))) == []

    def test_it_speaks_the_language_of_who_gets_it(self, sender, recipient, sent):
        recipient.language = "fr"
        recipient.save()
        (mail,) = sent(lambda: ask(sender, recipient))
        assert "/fr/members/contacts/" in mail.body
