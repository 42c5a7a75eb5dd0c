"""How long the log of moderation, decisions and handled reports are kept, and that nothing else ends them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from forum import actions, retention
from forum.models import Appeal, Decision, ModerationLog, Penalty, Post, Report
from forum.states import Act, State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]
DAY = timedelta(days=1)
KEPT = 5 * 365 + 1


def entry(post, days, action=Act.HIDE):
    """An entry of the log of so long ago."""
    return ModerationLog.objects.create(post=post, action=action, at=timezone.now() - days * DAY)


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member)


@pytest.fixture
def case(post, moderator):
    """(decision, report) of a post that was hidden and came back, six years ago."""
    actions.report_post(post=post, reporter=MemberFactory(), reason="spam", language="en")
    actions.hide_post(post=post, moderator=moderator, version=1, reason="R", grounds=a_rule())
    actions.restore_post(post=post, moderator=moderator, version=2)
    age_all(6 * 365)
    return Decision.objects.get(), Report.objects.get()


def age_all(days):
    then = timezone.now() - days * DAY
    Decision.objects.update(created_at=then, appeal_until=then + 180 * DAY)
    Report.objects.update(created_at=then, handled_at=then)


def left():
    return Decision.objects.count(), Report.objects.count()


def test_the_log_goes_after_its_time(post):
    old, young = entry(post, KEPT + 1), entry(post, KEPT - 1)
    retention.prune()
    assert not ModerationLog.objects.filter(pk=old.pk).exists()
    assert ModerationLog.objects.filter(pk=young.pk).exists()


@pytest.mark.parametrize(("days", "kept"), [(KEPT + 1, 0), (KEPT - 1, 1)])
def test_decisions_and_reports_go_with_it(case, days, kept):
    age_all(days)
    retention.prune()
    assert left() == (kept, kept)


@pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED])
def test_why_a_text_cannot_be_read_stays(case, post, state):
    old = entry(post, KEPT + 1)
    in_state(post, state)
    retention.prune()
    assert left() == (1, 0)
    assert ModerationLog.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("about", ["decision", "report"])
def test_what_is_appealed_stays(case, about):
    decision, report = case
    Appeal.objects.create(text="No", **{about: {"decision": decision, "report": report}[about]})
    retention.prune()
    assert left() == ((1, 0) if about == "decision" else (0, 1))


def test_a_penalty_in_force_keeps_its_decision(case, member):
    decision, _report = case
    until = timezone.now() + DAY
    Penalty.objects.create(member=member, kind="silence", decision=decision, until=until)
    retention.prune()
    assert left() == (1, 0)
    Penalty.objects.update(lifted_at=timezone.now())
    retention.prune()
    assert left() == (0, 0)


def test_open_reports_stay(post):
    actions.report_post(post=post, reporter=MemberFactory(), reason="spam", language="en")
    Report.objects.update(created_at=timezone.now() - 6 * 365 * DAY)
    retention.prune()
    assert Report.objects.open().exists()


@pytest.mark.parametrize(("days", "kept"), [(None, 1), (400, 0)])
def test_the_time_is_a_setting(case, post, settings, days, kept):
    settings.FORUM_RETENTION = {"moderation": days}
    old = entry(post, 10_000 if days is None else 401)
    retention.prune()
    assert left() == (kept, kept)
    assert ModerationLog.objects.filter(pk=old.pk).count() == kept


def test_whatever_the_clock_says_a_year_of_the_log_stays(post):
    old, young = entry(post, 367), entry(post, 365)
    retention.prune(timezone.now() + 10_000 * DAY)
    assert list(ModerationLog.objects.filter(pk__in=[old.pk, young.pk])) == [young]


def test_a_year_at_least(settings):
    settings.FORUM_RETENTION = {"moderation": 364}
    with pytest.raises(ImproperlyConfigured):
        retention.prune()


def test_a_deletion_is_remembered_as_long_as_the_deleted_text(post, settings):
    settings.FORUM_RETENTION = {"moderation": 365, "deleted_posts": 1000}
    in_state(post, State.DELETED)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - 2000 * DAY)
    entry(post, 900, Act.DELETE)
    retention.prune()
    retention.prune()
    assert Post.objects.get(pk=post.pk).source


@pytest.mark.services
class TestTheTrigger:
    def execute(self, statement, ends):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('forum.log_ends', %s, true)", [ends])
            cursor.execute(statement)

    @pytest.mark.parametrize(
        ("days", "statement", "ends"),
        [
            (400, "UPDATE forum_moderationlog SET reason = 'x'", "2100-01-01"),
            (364, "DELETE FROM forum_moderationlog", "2100-01-01"),
            (400, "DELETE FROM forum_moderationlog", "2000-01-01"),
            (400, "DELETE FROM forum_moderationlog", ""),
            (400, "DELETE FROM forum_moderationlog", "x"),
        ],
    )
    def test_refuses_all_else(self, post, days, statement, ends):
        entry(post, days)
        with pytest.raises(DatabaseError):
            self.execute(statement, ends)

    def test_is_closed_again_after_the_work(self, post):
        entry(post, KEPT + 1)
        retention.prune()
        entry(post, KEPT + 1)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            ModerationLog._base_manager.all().delete()
