"""Mail about invitations, claims and labels: what it names, when it comes, and that somebody gets it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from directory import actions
from directory.models import Claim, ExcellenceLabel, Organisation
from directory.states import State
from directory.vocabulary import Role
from tests.directory.mail_world import World, sent
from tests.factories.directory import (
    give_role,
    make_organisation,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_an_invitation_goes_to_its_address_in_its_language(
    mailoutbox, django_capture_on_commit_callbacks, client_for
):
    w = World()
    (mail,) = sent(
        lambda: actions.invite(
            organisation=w.mill,
            email="New@example.org",
            role=Role.EDITOR,
            actor=w.owner,
            language="bg",
        ),
        mailoutbox,
        django_capture_on_commit_callbacks,
    )
    assert mail.to == ["new@example.org"]
    with translation.override("bg"):
        assert mail.subject.startswith(
            gettext("You are invited to look after this organisation with its people")
        )
        word = w.mill.invitations.get().word
        path = reverse("directory:invitation", args=[word])
    assert f"{settings.WAGTAILADMIN_BASE_URL}{path}\n" in mail.body
    guest = client_for(MemberFactory(email="new@example.org"))
    assert guest.post(path).status_code == 302
    assert w.mill.roles.filter(user__email="new@example.org").exists()


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (
            Role.ADMINISTRATOR,
            ("asks to look after", "can now look after", "has a new administrator"),
        ),
        (Role.EDITOR, ("says to work for", "now belong to", "has joined")),
        (Role.READER, ("says to work for", "now belong to", "has joined")),
    ],
)
def test_mail_about_a_claim_names_what_was_asked(
    role, told, mailoutbox, django_capture_on_commit_callbacks
):
    mill, claimant = make_organisation(), MemberFactory()
    owner, second = give_role(mill), give_role(mill)
    asked, granted, joined = told
    capture = django_capture_on_commit_callbacks
    made = []
    mails = sent(
        lambda: made.append(
            actions.claim(organisation=mill, claimant=claimant, message="I spin.", role=role)
        ),
        mailoutbox,
        capture,
    )
    assert [mail.to for mail in mails] == sorted([[owner.email], [second.email]])
    assert all(asked in mail.subject for mail in mails)
    mails = sent(
        lambda: actions.decide_claim(claim=made[0], actor=owner, granted=True), mailoutbox, capture
    )
    subjects = {mail.to[0]: mail.subject for mail in mails}
    assert set(subjects) == {claimant.email, second.email}
    assert granted in subjects[claimant.email]
    assert joined in subjects[second.email]


def test_what_is_taken_back_tells_nobody(mailoutbox, django_capture_on_commit_callbacks):
    from django.db import transaction

    w = World(State.SUBMITTED)

    def act():
        with transaction.atomic():
            actions.publish(**w.asked(w.coordinator))
            transaction.set_rollback(True)

    assert sent(act, mailoutbox, django_capture_on_commit_callbacks) == []
    assert Organisation.objects.get(pk=w.mill.pk).state == State.SUBMITTED


class TestReminders:
    """A label's people are told six months before its end, and three, each once."""

    @pytest.mark.parametrize(
        ("days_left", "told"),
        [
            ((200, 185), [0, 0]),
            ((180, 179, 100), [1, 0, 0]),
            ((180, 88, 30, 0), [1, 1, 0, 0]),
            # The reminders did not run for months: one mail for both.
            ((60, 59), [1, 0]),
            ((-1,), [0]),
        ],
    )
    def test_by_days_that_are_left(
        self, days_left, told, mailoutbox, django_capture_on_commit_callbacks
    ):
        w, today = World(), timezone.localdate()
        second = give_role(w.cluster)
        give_role(w.cluster, Role.EDITOR)
        end = today + timedelta(days=400)
        ExcellenceLabel.objects.create(organisation=w.cluster, level="gold", valid_until=end)
        for days, number in zip(days_left, told, strict=True):
            day = end - timedelta(days=days)
            mails = sent(
                lambda day=day: actions.remind_of_labels(day),
                mailoutbox,
                django_capture_on_commit_callbacks,
            )
            expected = sorted([[w.officer.email], [second.email]]) if number else []
            assert [mail.to for mail in mails] == expected, days

    def test_a_renewed_label_needs_none(self, mailoutbox, django_capture_on_commit_callbacks):
        w, today = World(), timezone.localdate()
        for days in (100, 800):
            ExcellenceLabel.objects.create(
                organisation=w.cluster, level="gold", valid_until=today + timedelta(days=days)
            )
        capture = django_capture_on_commit_callbacks
        assert sent(actions.remind_of_labels, mailoutbox, capture) == []


class TestNobodyIsLockedOut:
    """An organisation whose people are gone is asked for, and the question never ends at nobody."""

    def test_from_administrators_to_the_cluster_to_the_coordinators(
        self, mailoutbox, django_capture_on_commit_callbacks
    ):
        w = World()
        capture = django_capture_on_commit_callbacks
        asked = [[mail.to for mail in sent(w.claim, mailoutbox, capture)]]
        for _turn in range(3):
            due = Claim.objects.get().due_on + timedelta(days=1)
            mails = sent(lambda due=due: actions.hand_on_claims(due), mailoutbox, capture)
            asked.append([mail.to for mail in mails])
        assert asked == [[[w.owner.email]], [[w.officer.email]], [[w.coordinator.email]], []]
        made = Claim.objects.get()
        assert set(made.organisation.log.values_list("action", flat=True)) >= {"claim", "hand_on"}

    def test_nobody_answers_their_own_claim(self, mailoutbox, django_capture_on_commit_callbacks):
        w = World()
        w.orphan()
        give_role(w.cluster, user=w.claimant)
        mails = sent(w.claim, mailoutbox, django_capture_on_commit_callbacks)
        assert [mail.to for mail in mails] == [[w.officer.email]]
        assert not Claim.objects.decidable_by(w.claimant).exists()
