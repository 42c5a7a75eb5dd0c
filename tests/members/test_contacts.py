"""Members ask each other for contact: who may do what in which state, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from forum import actions as forum_actions
from forum import standing
from forum.models.penalties import PenaltyKind
from members import actions, errors, permissions
from members.models import Block, ContactRequest, User
from members.parts import Level
from members.states import ALIVE, ContactState
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory
from tests.members.people import address_of, ask, bring_to, choose

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 31, tzinfo=UTC)


ACTS = {
    "accept": lambda request, user: actions.accept_contact(
        request=request, user=user, language="en"
    ),
    "decline": lambda request, user: actions.decline_contact(
        request=request, user=user, answer="No", language="en"
    ),
    "withdraw": lambda request, user: actions.withdraw_contact(request=request, user=user),
    "end": lambda request, user: actions.end_contact(request=request, user=user),
}
# act: (from which state, to which, by whom)
ALLOWED = {
    "accept": (ContactState.OPEN, ContactState.ACCEPTED, {"recipient"}),
    "decline": (ContactState.OPEN, ContactState.DECLINED, {"recipient"}),
    "withdraw": (ContactState.OPEN, ContactState.WITHDRAWN, {"sender"}),
    "end": (ContactState.ACCEPTED, ContactState.ENDED, {"sender", "recipient"}),
}


class TestActs:
    @pytest.mark.parametrize("act", list(ACTS))
    @pytest.mark.parametrize("state", list(ContactState))
    def test_each_begins_at_one_state_and_is_for_one_of_the_two(self, request_, state, act):
        people = {
            "stranger": ModeratorFactory(),
            "sender": request_.sender,
            "recipient": request_.recipient,
        }
        begins, ends, who = ALLOWED[act]
        for name, user in people.items():
            with transaction.atomic():
                stored = bring_to(ContactRequest.objects.get(pk=request_.pk), state)
                assert stored.state == state
                if name not in who:
                    with pytest.raises(errors.NotAllowed):
                        ACTS[act](stored, user)
                elif state != begins:
                    with pytest.raises(errors.AlreadyHandled):
                        ACTS[act](stored, user)
                else:
                    ACTS[act](stored, user)
                    assert ContactRequest.objects.get(pk=request_.pk).state == ends
                transaction.set_rollback(True)

    def test_nobody_is_declined_without_a_word(self, request_):
        with pytest.raises(errors.WordsMissing):
            actions.decline_contact(
                request=request_, user=request_.recipient, answer=" ", language="en"
            )
        assert ContactRequest.objects.get().state == ContactState.OPEN

    def test_of_two_who_act_on_what_they_saw_one_comes_too_late(self, request_):
        seen = ContactRequest.objects.get(pk=request_.pk)
        actions.withdraw_contact(request=request_, user=request_.sender)
        with pytest.raises(errors.AlreadyHandled):
            actions.accept_contact(request=seen, user=seen.recipient, language="en")

    @pytest.mark.parametrize("gone", ["sender", "recipient"])
    def test_only_members_come_into_contact(self, request_, gone):
        User.objects.filter(pk=getattr(request_, gone).pk).update(approved_at=None)
        stored = ContactRequest.objects.select_related("sender", "recipient").get()
        with pytest.raises(errors.NotMembers):
            actions.accept_contact(request=stored, user=stored.recipient, language="en")


class TestWhoMayAsk:
    @pytest.mark.parametrize(
        ("name", "may"),
        [("visitor", False), ("registered", False), ("member", True), ("own", False)],
    )
    def test_members_may(self, recipient, client_for, name, may):
        reader = {
            "visitor": AnonymousUser(),
            "registered": UserFactory(),
            "member": MemberFactory(),
            "own": recipient,
        }[name]
        assert permissions.may_ask(reader, recipient) is may
        if reader.is_authenticated:
            page = client_for(reader).get(reverse("members:ask", args=[recipient.pk]))
            assert page.status_code == (200 if may else 404)
        if reader.is_authenticated and not may:
            with pytest.raises(errors.NotAllowed):
                ask(reader, recipient)

    def test_not_whoever_does_not_want_to_be_asked(self, sender, recipient):
        choose(recipient, accepts=False)
        with pytest.raises(errors.NotAllowed):
            ask(sender, recipient)

    def test_not_whose_page_is_closed_to_them(self, sender, recipient):
        choose(recipient, page=Level.CONTACTS)
        with pytest.raises(errors.NotAllowed):
            ask(sender, recipient)

    @pytest.mark.parametrize("change", [{"is_active": False}, {"approved_at": None}])
    def test_not_who_is_no_member_any_more(self, sender, recipient, change):
        User.objects.filter(pk=recipient.pk).update(**change)
        with pytest.raises(errors.NotAllowed):
            ask(sender, User.objects.get(pk=recipient.pk))

    @pytest.mark.parametrize("kind", [PenaltyKind.SILENCE, PenaltyKind.SUSPEND])
    def test_not_while_a_penalty_keeps_one_from_addressing_others(self, sender, recipient, kind):
        penalise(sender, kind)
        with pytest.raises(errors.NotAllowed):
            ask(sender, recipient)

    def test_a_warning_keeps_nobody_from_it(self, sender, recipient):
        penalise(sender, PenaltyKind.WARN)
        assert ask(sender, recipient).state == ContactState.OPEN


def penalise(user, kind):
    until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=1)
    forum_actions.penalise(
        post=make_reply(make_topic(), user),
        moderator=ModeratorFactory(),
        kind=kind,
        reason="Insults",
        until=until,
        grounds=a_rule(),
    )
    standing.forget(user)


class TestAskingAgain:
    def test_one_request_of_a_pair_is_alive_whoever_asked(self, sender, recipient, request_):
        for pair in ((sender, recipient), (recipient, sender)):
            with pytest.raises(errors.AlreadyAsked):
                ask(*pair)
        bring_to(request_, ContactState.ACCEPTED)
        for pair in ((sender, recipient), (recipient, sender)):
            with pytest.raises(errors.AlreadyAsked):
                ask(*pair)

    @pytest.mark.parametrize(
        "state", [ContactState.DECLINED, ContactState.CLOSED, ContactState.WITHDRAWN]
    )
    def test_whoever_was_not_accepted_waits_for_a_month(self, sender, recipient, request_, state):
        bring_to(request_, state)
        with pytest.raises(errors.TooSoon):
            ask(sender, recipient)
        # The other of the two may ask at once.
        with transaction.atomic():
            assert ask(recipient, sender)
            transaction.set_rollback(True)
        ContactRequest.objects.update(ended_at=timezone.now() - timedelta(days=31))
        assert ask(sender, recipient)

    def test_whoever_is_blocked_does_not_ask_and_is_not_told(
        self, sender, recipient, request_, client_for, mailoutbox
    ):
        choose(recipient, page=Level.PUBLIC)
        actions.decline_contact(
            request=request_, user=recipient, answer="No", language="en", blocks=True
        )
        ContactRequest.objects.update(ended_at=timezone.now() - timedelta(days=31))
        for pair in ((sender, recipient), (recipient, sender)):
            with pytest.raises(errors.NotAllowed):
                ask(*pair)
        page = client_for(sender).get(reverse("members:person", args=[recipient.pk]))
        assert reverse("members:ask", args=[recipient.pk]) not in page.content.decode()
        told = client_for(sender).get(address_of(request_)).content.decode()
        assert "cannot ask" not in told
        actions.unblock(owner=sender, other=recipient)
        assert Block.objects.exists()
        actions.unblock(owner=recipient, other=sender)
        assert ask(sender, recipient)

    def test_people_who_had_nothing_to_do_with_each_other_do_not_block(self, sender, recipient):
        with pytest.raises(errors.NotAllowed):
            actions.block(owner=recipient, other=sender)

    @pytest.mark.parametrize("state", ALIVE)
    def test_what_is_alive_is_ended_first(self, request_, state):
        bring_to(request_, state)
        with pytest.raises(errors.NotAllowed):
            actions.block(owner=request_.recipient, other=request_.sender)

    def test_twenty_a_day(self, sender, monkeypatch):
        monkeypatch.setattr("members.actions.contacts.ASKED_A_DAY", 2)
        for _number in range(2):
            ask(sender, MemberFactory())
        with pytest.raises(errors.TooMany):
            ask(sender, MemberFactory())


class TestDatabase:
    """What no code can write past."""

    @pytest.mark.parametrize(
        "values",
        [
            {"state": "accepted"},
            {"state": "declined", "answer": "No"},
            {"answered_at": LONG_AGO},
            {"state": "ended", "ended_at": LONG_AGO},
            {"state": "withdrawn"},
            {"state": "unknown"},
            {"state": "declined", "answered_at": LONG_AGO, "ended_at": LONG_AGO},
        ],
        ids=str,
    )
    def test_dates_and_words_fit_the_state(self, request_, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactRequest.objects.update(**values)

    def test_nobody_asks_or_blocks_themselves(self, request_, sender):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactRequest.objects.update(recipient=sender)
        with pytest.raises(IntegrityError), transaction.atomic():
            Block.objects.create(owner=sender, blocked=sender)
