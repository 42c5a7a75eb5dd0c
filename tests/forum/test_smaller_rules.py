"""What is easily overlooked: activity after a merge, drift of answers, words for moderators, old names."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from forum import actions, statements
from forum.models import Decision, Post, Report, Topic
from forum.models.penalties import PenaltyKind
from forum.retention import prune
from forum.states import State
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import a_rule, in_state, make_reply, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

NOW = timezone.now()


def day(number):
    """So many days ago."""
    return NOW - timedelta(days=number)


def recount(**options):
    out = StringIO()
    call_command("forum_recount", stdout=out, **options)
    return out.getvalue()


class TestMerge:
    @pytest.fixture
    def merged(self, moderator):
        """A topic of yesterday into which one of last month was merged: 1, 2 and then 3, 4."""
        older, livelier = make_topic(at=day(40)), make_topic(at=day(2))
        make_reply(older, at=day(30))
        make_reply(livelier, at=day(1))
        return actions.merge_topics(topic=older, into=livelier, moderator=moderator)

    def test_does_not_move_the_activity_back(self, merged):
        merged.refresh_from_db()
        assert merged.last_post_at == day(1)
        assert merged.last_post.number == 4
        assert "0 counters differed" in recount()

    @pytest.mark.parametrize(("hidden", "at"), [(2, 2), (3, 1), (4, 1)])
    def test_what_is_hidden_later_counts_no_more(self, merged, moderator, hidden, at):
        post = merged.posts.get(number=hidden)
        actions.hide_post(
            post=post, moderator=moderator, version=post.version, reason="Ads", grounds=a_rule()
        )
        merged.refresh_from_db()
        assert merged.last_post_at == day(at)
        assert "0 counters differed" in recount()
        make_reply(merged, at=day(0))
        merged.refresh_from_db()
        assert merged.last_post_at == day(0)


@pytest.mark.parametrize("fault", ["elsewhere", "hidden", "opening"])
def test_recount_finds_an_answer_that_can_be_none(fault, member):
    topic = make_topic(author=member)
    reply = make_reply(topic)
    actions.accept_answer(post=reply, user=member)
    assert "0 counters differed" in recount()
    wrong = {
        "elsewhere": lambda: make_reply(make_topic()),
        "hidden": lambda: in_state(make_reply(topic), State.HIDDEN),
        "opening": lambda: topic.posts.get(is_opening=True),
    }[fault]()
    Topic.objects.filter(pk=topic.pk).update(accepted=wrong)
    with pytest.raises(CommandError):
        recount()
    assert "accepted_id" in recount(fix=True)
    topic.refresh_from_db()
    assert (topic.accepted, topic.accepted_at, topic.accepted_by) == (None, None, None)
    assert "0 counters differed" in recount()


def test_a_statement_speaks_to_its_reader(moderator, member):
    post = make_reply(make_topic(), member)
    actions.penalise(
        post=post, moderator=moderator, kind=PenaltyKind.WARN, reason="Insults", grounds=a_rule()
    )
    decision = Decision.objects.select_related("rule", "topic").get()
    told = {line.label: line.text for line in statements.lines(decision)}
    judged = {line.label: line.text for line in statements.lines(decision, to_author=False)}
    assert "About your text in" in told
    assert told["It concerns"] == "your account in the forum"
    assert "About the text in" in judged
    assert judged["It concerns"] == "the author’s account in the forum"


@pytest.mark.parametrize(
    ("age", "contested", "kept"),
    [(364, False, True), (366, False, False), (366, True, True)],
)
def test_names_of_reporters_are_forgotten(moderator, age, contested, kept):
    report = actions.give_notice(
        explanation="It is mine.",
        address="https://example.org/x",
        name="Visitor (sample)",
        email="visitor@example.org",
        good_faith=True,
        language="en",
    )
    actions.settle_notice(report=report, moderator=moderator, upheld=False, answer="No.")
    if contested:
        actions.contest_report(report=report, text="Look again.")
    prune(timezone.now() + timedelta(days=age))
    report = Report.objects.get()
    assert bool(report.email) is bool(report.name) is kept
    assert report.explanation


def test_an_open_report_keeps_its_name():
    actions.give_notice(
        explanation="It is mine.",
        address="https://example.org/x",
        name="Visitor (sample)",
        email="visitor@example.org",
        good_faith=True,
        language="en",
    )
    prune(timezone.now() + timedelta(days=999))
    assert Report.objects.get().email


def test_an_answer_accepted_again_becomes_stale_again(home_page, member):
    practice = make_practice(make_practice_index(home_page), challenge="<p>Torn.</p>")
    topic = make_topic(author=member, page=practice)
    reply = make_reply(topic)
    for number, text in enumerate(["<p>New.</p>", "<p>Newer.</p>"]):
        actions.accept_answer(post=reply, user=member)
        topic.refresh_from_db()
        assert not topic.answer_is_stale, number
        practice = practice.specific_class.objects.get(pk=practice.pk)
        practice.challenge = text
        practice.save_revision().publish()
        topic.refresh_from_db()
        assert topic.answer_is_stale, number
        actions.unaccept_answer(post=reply, user=member)
        topic.refresh_from_db()
    assert Post.objects.count() == 2
