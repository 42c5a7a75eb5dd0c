"""Pages of requests for contact, and what copies and erasure make of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import privacy
from members import actions
from members.models import Block, ContactRequest, User
from members.parts import Level, Part
from members.states import ContactState
from members.visibility import contacts_of
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.members.people import WORDS, address_of, ask, bring_to, choose, full_person, in_contact

pytestmark = pytest.mark.django_db


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
