"""Every mail of the directory: to whom, in which language, with which link."""

import inspect
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from directory import actions, notifications
from directory.models import Organisation, OrganisationRole
from directory.states import Standing, State
from directory.vocabulary import Level
from tests.directory.mail_world import World, sent
from tests.factories.directory import (
    give_role,
    make_cluster,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

REASON = "Please name the town."


# Each case does what it needs first and gives back: the act, [(person or address, language)], the
# sentence of the subject, the address (a name of the directory's, its arguments), words of the text.
def submitted():
    w = World(State.DRAFT, Standing.REQUESTED)
    return (
        lambda: actions.submit(**w.asked(w.owner)),
        [w.officer, w.coordinator],
        "A profile waits for its publication",
        ("review",),
        "",
    )


def changes_requested():
    w = World(State.SUBMITTED)
    return (
        lambda: actions.request_changes(**w.asked(w.officer), reason=REASON),
        [w.owner, w.editor],
        "Please change the profile before it is published",
        ("manage", w.mill.slug),
        REASON,
    )


def published():
    w = World(State.SUBMITTED)
    return (
        lambda: actions.publish(**w.asked(w.coordinator)),
        [w.owner, w.editor],
        "The profile is published",
        ("profile", w.mill.slug),
        "",
    )


def gone_stale():
    w = World()
    long_ago = timezone.now() - timedelta(days=370)
    Organisation.objects.filter(pk=w.mill.pk).update(confirmed_at=long_ago)
    return (
        actions.mark_stale,
        [w.owner, w.editor],
        "Please confirm that the profile is up to date: nobody has for a year",
        ("manage", w.mill.slug),
        "",
    )


def membership_asked():
    w = World()
    other = make_cluster()
    officer = give_role(other, user=MemberFactory(language="es"))
    return (
        lambda: actions.join_cluster(organisation=w.mill, cluster=other, actor=w.owner),
        [officer],
        "An organisation says that it is a member of your cluster",
        ("review",),
        "",
    )


def membership_asked_of_a_cluster_without_people():
    w = World()
    other = make_cluster()
    return (
        lambda: actions.join_cluster(organisation=w.mill, cluster=other, actor=w.owner),
        [w.coordinator],
        "An organisation says that it is a member of your cluster",
        ("review",),
        "",
    )


def membership_decided():
    w = World(standing=Standing.REQUESTED)
    return (
        lambda: actions.confirm_membership(membership=w.membership, actor=w.officer),
        [w.owner],
        "The cluster has confirmed your membership",
        ("profile", w.cluster.slug),
        "",
    )


def membership_decided_against():
    w = World(standing=Standing.REQUESTED)
    return (
        lambda: actions.decline_membership(membership=w.membership, actor=w.officer, reason=REASON),
        [w.owner],
        "The cluster has not confirmed your membership",
        ("profile", w.cluster.slug),
        REASON,
    )


def role_taken():
    w = World()
    held = OrganisationRole.objects.get(user=w.editor)
    return (
        lambda: actions.remove_role(held=held, actor=w.owner),
        [w.editor],
        "You no longer have a role in this organisation",
        ("profile", w.mill.slug),
        "",
    )


ASKED = "Somebody asks to look after an organisation: please answer within ten working days"


def claim_asked():
    w = World()
    return w.claim, [w.owner], ASKED, ("review",), "I run the mill."


def claim_asked_of_the_cluster():
    w = World()
    w.orphan()
    return w.claim, [w.officer], ASKED, ("review",), "I run the mill."


def claim_asked_of_the_coordinators():
    w = World()
    w.orphan()
    made = w.claim()
    late = made.due_on + timedelta(days=1)
    return (
        lambda: actions.hand_on_claims(late),
        [w.coordinator],
        ASKED,
        ("review",),
        "I run the mill.",
    )


def claim_decided():
    w = World()
    second = give_role(w.mill, user=MemberFactory(language="ca"))
    made = w.claim()
    return (
        lambda: actions.decide_claim(claim=made, actor=w.owner, granted=True),
        [w.claimant],
        "You can now look after this organisation",
        ("profile", w.mill.slug),
        "",
        [(second, "This organisation has a new administrator")],
    )


def claim_decided_against():
    w = World()
    made = w.claim()
    return (
        lambda: actions.decide_claim(claim=made, actor=w.owner, granted=False, answer=REASON),
        [w.claimant],
        "Your request to look after this organisation was not granted",
        ("profile", w.mill.slug),
        REASON,
    )


def label_ends():
    w = World()
    end = timezone.localdate() + timedelta(days=80)
    actions.award_label(
        organisation=w.cluster,
        level=Level.SILVER,
        awarded_on=end - timedelta(days=700),
        valid_until=end,
        actor=w.coordinator,
    )
    return (
        actions.remind_of_labels,
        [w.officer],
        "Your label of cluster excellence ends soon",
        ("profile", w.cluster.slug),
        str(end.year),
    )


CASES = [
    *(submitted, changes_requested, published, gone_stale, membership_asked),
    *(membership_asked_of_a_cluster_without_people, membership_decided),
    *(membership_decided_against, role_taken, claim_asked, claim_asked_of_the_cluster),
    *(claim_asked_of_the_coordinators, claim_decided, claim_decided_against, label_ends),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_who_gets_which_mail_in_which_language_with_which_link(
    case, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        act, people, sentence, (name, *arguments), words, *others = case()
    expected = [(person, sentence) for person in people] + (others[0] if others else [])
    mails = sent(act, mailoutbox, django_capture_on_commit_callbacks)
    assert [mail.to for mail in mails] == sorted([person.email] for person, _text in expected)
    by_address = {mail.to[0]: mail for mail in mails}
    for person, text in expected:
        mail = by_address[person.email]
        with translation.override(person.language):
            # A mail's subject is one line with plain spaces.
            assert mail.subject.startswith(f"{' '.join(gettext(text).split())}: ")
            link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse(f'directory:{name}', args=arguments)}"
        if person.language != "en":
            assert not mail.subject.startswith(text)
        assert f"/{person.language}/" in link
        assert f"{link}\n" in mail.body
        assert person.name in mail.body
        assert words in mail.body
        html = mail.alternatives[0][0]
        assert f'href="{link}"' in html
        assert f'lang="{person.language}"' in html


def test_every_kind_of_mail_is_in_the_table():
    told = {
        name
        for name, found in inspect.getmembers(notifications, inspect.isfunction)
        if found.__module__ == notifications.__name__ and not name.startswith("_")
    }
    covered = {name for name in told for case in CASES if case.__name__.startswith(name)}
    assert told == covered | {"invited"}
