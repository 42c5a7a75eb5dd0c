"""Every act from every state by everybody: one table, all cells."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from directory import actions, errors
from directory.models import DirectoryLog, Organisation
from directory.states import TRANSITIONS, Act, Standing, State
from directory.vocabulary import Role
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)

pytestmark = pytest.mark.django_db

# Who may, where the state allows it. A person of the organisation never publishes it.
TABLE = """
                  submit  changes  publish  confirm  archive  reopen
administrator     yes     no       no       yes      yes      yes
editor            yes     no       no       yes      no       no
reader            no      no       no       no       no       no
member            no      no       no       no       no       no
cluster           no      yes      yes      no       no       no
other_cluster     no      no       no       no       no       no
site_editor       no      no       no       no       no       no
moderator         no      no       no       no       no       no
coordinator       yes     yes      yes      yes      yes      yes
site_admin        yes     yes      yes      yes      yes      yes
"""


def cells():
    """(who, act, may) of the table."""
    heading, *rows = [line.split() for line in TABLE.strip().splitlines()]
    for who, *answers in rows:
        for act, answer in zip(heading, answers, strict=True):
            yield who, Act(act), answer == "yes"


def person(who, organisation):
    match who:
        case "administrator" | "editor" | "reader":
            return give_role(organisation, Role(who))
        case "cluster":
            cluster = make_cluster()
            make_membership(organisation, cluster, Standing.REQUESTED)
            return give_role(cluster)
        case "other_cluster":
            return give_role(make_cluster())
    factories = {
        "member": MemberFactory,
        "site_editor": EditorFactory,
        "moderator": ModeratorFactory,
        "coordinator": CoordinatorFactory,
        "site_admin": AdministratorFactory,
    }
    return factories[who]()


def do(act, organisation, actor, version=None):
    asked = {
        "organisation": organisation,
        "actor": actor,
        "version": organisation.version if version is None else version,
    }
    if act is Act.REQUEST_CHANGES:
        return actions.request_changes(**asked, reason="Please name the town.")
    return getattr(actions, act.value)(**asked)


@pytest.mark.parametrize(
    ("who", "act", "may"), list(cells()), ids=lambda value: str(getattr(value, "value", value))
)
def test_every_cell(who, act, may):
    allowed, target = TRANSITIONS[act]
    organisation = make_organisation(State.DRAFT)
    actor = person(who, organisation)
    for state in State:
        Organisation.objects.filter(pk=organisation.pk).update(
            state=state,
            submitted_at=timezone.now(),
            published_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
        organisation.refresh_from_db()
        before = DirectoryLog.objects.count()
        if may and state in allowed:
            do(act, organisation, actor)
            assert Organisation.objects.get(pk=organisation.pk).state == target
            entry = DirectoryLog.objects.first()
            assert (entry.action, entry.from_state, entry.to_state) == (act, state, target)
            assert entry.actor_id == actor.pk
        else:
            with pytest.raises(errors.NotAllowed):
                do(act, organisation, actor)
            assert Organisation.objects.get(pk=organisation.pk).state == state
            assert DirectoryLog.objects.count() == before


def test_whoever_comes_second_is_told_who_was_first():
    organisation = make_organisation(State.SUBMITTED)
    first, second = CoordinatorFactory(), CoordinatorFactory()
    seen = organisation.version
    actions.publish(organisation=organisation, actor=first, version=seen)
    stale = Organisation.objects.get(pk=organisation.pk)
    with pytest.raises(errors.AlreadyHandled, match=first.name.partition("(")[0]):
        actions.publish(organisation=stale, actor=second, version=seen)


def test_what_lacks_the_needed_parts_is_not_sent_and_says_what():
    organisation = make_organisation(State.DRAFT, town="", summary="")
    actor = give_role(organisation)
    with pytest.raises(errors.Incomplete) as refusal:
        actions.submit(organisation=organisation, actor=actor, version=organisation.version)
    assert refusal.value.missing == ["a summary", "the town"]


def test_changes_need_a_reason_and_reach_the_people(mailoutbox, django_capture_on_commit_callbacks):
    organisation = make_organisation(State.SUBMITTED)
    people = give_role(organisation)
    coordinator = CoordinatorFactory()
    asked = {"organisation": organisation, "actor": coordinator, "version": organisation.version}
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(errors.ReasonMissing):
            actions.request_changes(**asked, reason=" ")
        assert mailoutbox == []
        actions.request_changes(**asked, reason="Name the town.")
    assert [mail.to for mail in mailoutbox] == [[people.email]]
    assert "Name the town." in mailoutbox[0].body


def test_profiles_not_confirmed_for_a_year_are_marked_and_come_back():
    old, fresh = make_organisation(), make_organisation()
    long_ago = timezone.now() - timedelta(days=370)
    Organisation.objects.filter(pk=old.pk).update(confirmed_at=long_ago, published_at=long_ago)
    assert actions.mark_stale() == 1
    assert actions.mark_stale() == 0
    old.refresh_from_db()
    assert (old.state, Organisation.objects.get(pk=fresh.pk).state) == (
        State.STALE,
        State.PUBLISHED,
    )
    assert list(Organisation.objects.public().by_name())[-1] == old
    actions.confirm(organisation=old, actor=give_role(old), version=old.version)
    assert Organisation.objects.get(pk=old.pk).state == State.PUBLISHED


def test_the_log_is_only_ever_added_to():
    make_organisation()
    entry = DirectoryLog.objects.first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        DirectoryLog.objects.all().delete()


@pytest.mark.services
@pytest.mark.parametrize(
    "statement",
    ["UPDATE directory_directorylog SET reason = ''", "DELETE FROM directory_directorylog"],
)
def test_postgresql_refuses_changes_of_the_log(statement):
    make_organisation()
    before = DirectoryLog.objects.count()
    assert before
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert DirectoryLog.objects.count() == before
