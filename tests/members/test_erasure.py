"""Erasing an account reaches what no link to it leads to, and leaves alone what is a namesake's."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.html import escape
from django_tasks_db.models import DBTaskResult

from core.models import CustomImage
from directory import actions as directory_actions
from directory.models import Claim, Invitation, Organisation
from forum.models import Report
from members import actions
from members.models import User
from tests.factories.directory import give_role, make_organisation
from tests.factories.forum import make_topic
from tests.factories.members import MemberFactory, UserFactory
from tests.uploads import picture

pytestmark = pytest.mark.django_db

NAME, ADDRESS, FURTHER = "Ștefana O'Łoś", "stefana@example.org", "Further.Stefana@example.org"


@pytest.fixture
def person():
    made = MemberFactory(name=NAME, email=ADDRESS)
    EmailAddress.objects.create(user=made, email=FURTHER, verified=True)
    return made


def queued(to, text, status, **values):
    kwargs = {"subject": text, "text": text, "html": f"<p>{escape(text)}</p>", "to": [to]}
    return DBTaskResult.objects.create(
        task_path="core.tasks.deliver_mail",
        args_kwargs={"args": [], "kwargs": {**kwargs, **values}},
        status=status,
        run_after=timezone.now(),
        backend_name="default",
    )


class TestMail:
    @pytest.mark.parametrize("status", ["READY", "SUCCESSFUL", "FAILED"])
    @pytest.mark.parametrize("address", [ADDRESS, ADDRESS.upper(), FURTHER.lower()])
    def test_to_the_person_goes(self, person, status, address):
        mail = queued(address, "Hello", status)
        actions.erase(user=person)
        assert not DBTaskResult.objects.filter(pk=mail.pk).exists()

    @pytest.mark.parametrize("status", ["SUCCESSFUL", "FAILED"])
    @pytest.mark.parametrize("word", [NAME, ADDRESS.title(), FURTHER])
    def test_to_others_that_was_sent_goes_where_it_names_the_person(self, person, status, word):
        naming, other = (
            queued("other@example.org", text, status)
            for text in (f"{word} asks for contact", "Somebody else asks for contact")
        )
        actions.erase(user=person)
        assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [other.pk]
        assert naming.pk != other.pk

    def test_to_others_that_waits_goes_out_under_no_name(self, person):
        reader = MemberFactory(language="fr")
        text = f"{NAME} <{FURTHER}> asks: {NAME}ka, {ADDRESS}?"
        mail = queued(reader.email, text, "READY", headers={"X-Kept": "yes"})
        actions.erase(user=person)
        mail.refresh_from_db()
        nobody = "Ancien membre"
        kwargs = mail.args_kwargs["kwargs"]
        # Somebody whose name only begins like this one keeps it.
        assert kwargs["text"] == f"{nobody} <{nobody}> asks: {NAME}ka, {nobody}?"
        assert kwargs["html"].startswith(f"<p>{nobody} &lt;")
        assert (kwargs["to"], kwargs["headers"]) == ([reader.email], {"X-Kept": "yes"})

    def test_other_work_stays(self, person):
        work = queued("other@example.org", NAME, "SUCCESSFUL")
        DBTaskResult.objects.filter(pk=work.pk).update(task_path="forum.tasks.index_topic")
        actions.erase(user=person)
        assert DBTaskResult.objects.filter(pk=work.pk).exists()


@pytest.mark.parametrize(
    ("credit", "left"),
    [
        (NAME, ""),
        (f"{NAME}, Studio Lã", "Studio Lã"),
        (f"Studio Lã / {NAME}", "Studio Lã"),
        (f"{NAME}ka", f"{NAME}ka"),
        ("Studio Lã", "Studio Lã"),
    ],
)
def test_the_credit_of_pictures_that_the_person_uploaded(person, credit, left):
    of = {"title": "Bins", "description": "Bins", "file": picture(), "credit": credit}
    own = CustomImage.objects.create(**of, uploaded_by_user=person)
    others = CustomImage.objects.create(**{**of, "file": picture()})
    actions.erase(user=person)
    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.credit, others.credit) == (left, credit)


@pytest.mark.parametrize("address", [ADDRESS, FURTHER.lower(), "else@example.org"])
def test_every_address_is_taken_out_and_nobody_elses(person, address):
    mill = make_organisation(contact_email=address)
    now = timezone.now()
    Invitation.objects.create(
        organisation=mill,
        email=address,
        role="editor",
        language="en",
        expires_at=now + timedelta(days=1),
    )
    report = Report.objects.create(
        name="S.", email=address, explanation="Because", reason="spam", language="en"
    )
    actions.erase(user=person)
    report.refresh_from_db()
    stays = address == "else@example.org"
    assert Invitation.objects.exists() is stays
    assert (Organisation.objects.get(pk=mill.pk).contact_email == address) is stays
    assert (report.email == address) is stays


def registered(**values):
    """An account as the form of registration makes it, old enough for every period."""
    long_ago = timezone.now() - timedelta(days=1000)
    made = UserFactory(**{"date_joined": long_ago, **values})
    EmailAddress.objects.create(user=made, email=made.email, primary=True)
    return made


def ago(days):
    return timezone.now() - timedelta(days=days)


class TestIdle:
    @pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
    def test_an_address_that_nobody_confirms(self, days, stays):
        made = registered(date_joined=ago(days))
        assert actions.erase_idle() == (not stays)
        assert User.objects.filter(pk=made.pk).exists() is stays

    @pytest.mark.parametrize(
        ("last_login", "stays"), [(None, False), (ago(366), False), (ago(364), True)]
    )
    def test_one_that_was_confirmed_and_never_led_to_anything(self, last_login, stays):
        made = registered(last_login=last_login)
        EmailAddress.objects.filter(user=made).update(verified=True)
        actions.erase_idle()
        assert User.objects.filter(pk=made.pk).exists() is stays

    @pytest.mark.parametrize("what", ["role", "claim", "post", "group", "staff", "member"])
    def test_who_belongs_somewhere_or_left_something_stays(self, what):
        made = registered()
        EmailAddress.objects.filter(user=made).update(verified=True)
        match what:
            case "role":
                give_role(make_organisation(), user=made)
            case "claim":
                directory_actions.claim(
                    organisation=make_organisation(), claimant=made, message="I am."
                )
            case "post":
                made.approved_at = ago(900)
                make_topic(author=made)
                User.objects.filter(pk=made.pk).update(approved_at=None)
            case "group":
                made.groups.add(Group.objects.get(name="Editors"))
            case "staff":
                User.objects.filter(pk=made.pk).update(is_staff=True)
            case "member":
                User.objects.filter(pk=made.pk).update(approved_at=ago(900))
        assert actions.erase_idle() == 0

    def test_one_that_others_made_has_no_address_to_confirm(self):
        UserFactory(date_joined=ago(40))
        assert actions.erase_idle() == 0


@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
@pytest.mark.parametrize("end", ["accepted_at", "withdrawn_at", "expires_at"])
def test_invitations_go_a_month_after_their_end(end, days, stays):
    sent, runs_out = ago(300), timezone.now() + timedelta(days=1)
    dates = {"invited_at": sent, "expires_at": runs_out, end: ago(days)}
    Invitation.objects.create(
        organisation=make_organisation(),
        email="a@example.org",
        role="editor",
        language="en",
        **dates,
    )
    directory_actions.forget_ended()
    assert Invitation.objects.exists() is stays


@pytest.mark.parametrize(("decided", "stays"), [(None, True), (ago(364), True), (ago(366), False)])
def test_claims_go_a_year_after_the_decision(decided, stays):
    made = directory_actions.claim(
        organisation=make_organisation(), claimant=UserFactory(), message="I am."
    )
    if decided:
        Claim.objects.filter(pk=made.pk).update(state="refused", decided_at=decided)
    else:
        Claim.objects.filter(pk=made.pk).update(asked_at=ago(900))
    directory_actions.forget_ended()
    assert Claim.objects.exists() is stays
