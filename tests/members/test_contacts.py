"""Members ask each other for contact: who may do what in which state, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import privacy
from core.bounces import mail_stopped
from core.working_days import add_working_days
from forum import actions as forum_actions
from forum import standing
from forum.models.penalties import PenaltyKind
from members import actions, errors, permissions
from members.models import Block, ContactRequest, User
from members.parts import Level, Part
from members.states import ALIVE, ContactState
from members.visibility import contacts_of
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory
from tests.members.people import WORDS, ask, choose, full_person, in_contact

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 31, tzinfo=UTC)


@pytest.fixture
def sender():
    return MemberFactory(name="Spinner (sample)")


@pytest.fixture
def recipient():
    return MemberFactory(name="Weaver (sample)")


@pytest.fixture
def request_(sender, recipient):
    return ask(sender, recipient)


def bring_to(request, state):
    """Move an open request into a state, as people do."""
    sender, recipient = request.sender, request.recipient
    if state in {ContactState.ACCEPTED, ContactState.ENDED}:
        actions.accept_contact(request=request, user=recipient, language="en")
    if state == ContactState.ENDED:
        actions.end_contact(request=request, user=sender)
    elif state == ContactState.DECLINED:
        actions.decline_contact(request=request, user=recipient, answer="No", language="en")
    elif state == ContactState.WITHDRAWN:
        actions.withdraw_contact(request=request, user=sender)
    elif state == ContactState.CLOSED:
        actions.close_contacts(request.close_on)
    return ContactRequest.objects.get(pk=request.pk)


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


def address_of(request):
    return reverse("members:contact", args=[request.pk])


class TestPages:
    @pytest.fixture
    def recipient(self):
        return full_person()

    def test_from_asking_to_seeing_to_ending(self, sender, recipient, client_for):
        choose(recipient, rest=Level.MEMBERS, email=Level.CONTACTS, telephone=Level.CONTACTS)
        person = reverse("members:person", args=[recipient.pk])
        one, other = client_for(sender), client_for(recipient)
        assert WORDS[Part.EMAIL] not in one.get(person).content.decode()
        asking = reverse("members:ask", args=[recipient.pk])
        answer = one.post(asking, {"about": "Linen", "message": "Do you?", "language": "en"})
        request = ContactRequest.objects.get()
        assert answer.url == address_of(request)
        waiting = other.get(reverse("members:contacts")).content.decode()
        assert sender.name in waiting
        assert "request waits" in waiting
        other.post(address_of(request), {"act": "accept", "answer": "Gladly."})
        for address in (
            person,
            address_of(request),
            f"{reverse('members:contacts')}?show=accepted",
        ):
            page = one.get(address).content.decode()
            assert WORDS[Part.EMAIL] in page, address
            assert WORDS[Part.TELEPHONE] in page, address
        assert "Gladly." in one.get(address_of(request)).content.decode()
        one.post(address_of(request), {"act": "end"})
        for address in (person, address_of(request), f"{reverse('members:contacts')}?show=past"):
            page = one.get(address).content.decode()
            assert WORDS[Part.EMAIL] not in page, address
            assert WORDS[Part.TELEPHONE] not in page, address

    def test_what_was_typed_is_not_lost(self, sender, recipient, request_, client_for):
        answer = client_for(sender).post(
            reverse("members:ask", args=[recipient.pk]),
            {"about": "Hemp", "message": "A second time", "language": "en"},
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "A second time" in page
        assert "already" in page
        refused = client_for(recipient).post(address_of(request_), {"act": "decline", "answer": ""})
        assert refused.status_code == 422
        assert refused.context["form"].errors["answer"]

    def test_who_came_too_late_is_told(self, request_, client_for):
        browser = client_for(request_.recipient)
        bring_to(request_, ContactState.WITHDRAWN)
        answer = browser.post(address_of(request_), {"act": "accept"}, follow=True)
        assert answer.status_code == 200
        assert "changed in the meantime" in answer.content.decode()

    @pytest.mark.parametrize("values", [{}, {"act": ""}, {"act": "erase"}, {"act": "\x00"}])
    def test_no_act_is_no_error_of_ours(self, request_, client_for, values):
        answer = client_for(request_.recipient).post(address_of(request_), values)
        assert answer.status_code == 404

    def test_others_find_nothing(self, request_, client_for):
        for stranger in (MemberFactory(), ModeratorFactory()):
            browser = client_for(stranger)
            assert browser.get(address_of(request_)).status_code == 404
            assert browser.post(address_of(request_), {"act": "accept"}).status_code == 404
        assert client_for().get(address_of(request_)).status_code == 302

    @pytest.mark.parametrize("shut_out", ["sender", "recipient"])
    def test_whoever_is_shut_out_is_gone_from_the_lists(self, request_, client_for, shut_out):
        bring_to(request_, ContactState.ACCEPTED)
        gone = getattr(request_, shut_out)
        other = request_.recipient if gone == request_.sender else request_.sender
        User.objects.filter(pk=gone.pk).update(is_active=False)
        browser = client_for(other)
        page = browser.get(reverse("members:contacts"), {"show": "accepted"}).content.decode()
        assert gone.name not in page
        assert browser.get(address_of(request_)).status_code == 404
        assert gone.pk not in contacts_of(User.objects.get(pk=other.pk))

    def test_an_unknown_list_is_missing(self, sender, client_for):
        browser = client_for(sender)
        assert browser.get(reverse("members:contacts"), {"show": "all"}).status_code == 404

    def test_blocking_and_unblocking_by_buttons(self, request_, client_for):
        bring_to(request_, ContactState.DECLINED)
        browser, sender = client_for(request_.recipient), request_.sender
        browser.post(reverse("members:block", args=[sender.pk]))
        assert Block.objects.get().blocked == sender
        past = browser.get(reverse("members:contacts"), {"show": "past"}).content.decode()
        assert reverse("members:unblock", args=[sender.pk]) in past
        browser.post(reverse("members:unblock", args=[sender.pk]))
        assert not Block.objects.exists()
        stranger = client_for(MemberFactory())
        assert stranger.post(reverse("members:block", args=[sender.pk])).status_code == 404

    def test_the_number_of_contacts_costs_no_queries(
        self, sender, client_for, django_assert_max_num_queries
    ):
        for _number in range(4):
            in_contact(sender, MemberFactory())
        browser = client_for(sender)
        address = f"{reverse('members:contacts')}?show=accepted"
        browser.get(address)
        with django_assert_max_num_queries(12):
            page = browser.get(address)
        assert len(page.context["rows"]) == 4


class TestPrivacy:
    def copy_of(self, person):
        return {holding.name: list(holding.rows(person)) for holding in privacy.registered()}

    def test_both_copies_hold_the_request_and_only_the_blockers_the_block(
        self, sender, recipient, request_
    ):
        actions.decline_contact(
            request=request_, user=recipient, answer="No", language="en", blocks=True
        )
        asked, received = self.copy_of(sender), self.copy_of(recipient)
        (row,) = asked["contacts-asked"]
        assert (row["message"], row["answer"]) == ("We look for linen.", "No")
        assert row["recipient__name"] == recipient.name
        assert [row["sender__name"] for row in received["contacts-received"]] == [sender.name]
        assert [row["blocked__name"] for row in received["blocks"]] == [sender.name]
        assert asked["blocks"] == []

    def test_whoever_is_erased_is_nobodys_contact_any_more(self, sender, recipient, request_):
        bring_to(request_, ContactState.ACCEPTED)
        other = MemberFactory()
        blocked = ask(other, sender)
        actions.decline_contact(
            request=blocked, user=sender, answer="No", language="en", blocks=True
        )
        actions.erase(user=sender)
        assert not ContactRequest.objects.exists()
        assert not Block.objects.exists()
        assert contacts_of(User.objects.get(pk=recipient.pk)) == frozenset()
