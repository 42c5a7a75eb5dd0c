"""What moderation deals with: reports, notices, decisions, appeals, penalties."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum.models import Appeal, Decision, Penalty, Post, Report
from forum.models.decisions import Outcome
from forum.models.penalties import PenaltyKind
from forum.models.reports import Handling, Reason
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.forum.acts.trying import Thing, Try
from tests.forum.acts.world import World, penalise, text


def make_report(world: World, state: str) -> Report:
    """A member's report of the author's reply, or of a moderator's."""
    author = world.people["moderator" if state == "a_moderators" else "author"]
    post = make_reply(make_topic(world.category), author, source=text())
    report = actions.report_post(
        post=post, reporter=world.people["member"], reason=Reason.SPAM, language="en"
    )
    by: dict[str, Any] = {"post": post, "moderator": world.people["first"]}
    if state == Handling.UPHELD:
        actions.penalise(kind=PenaltyKind.WARN, reason="Why", **by, grounds=a_rule())
    elif state == Handling.DISMISSED:
        actions.dismiss_reports(answer="It is fine", **by)
    return Report.objects.select_related("post__topic__category", "post__author").get(pk=report.pk)


REPORT = Thing(
    states=(*Handling.values, "a_moderators"),
    make=make_report,
    acts={
        "read": Try(
            lambda _world, report: (reverse("forum:report_status", args=[report.reference]), None)
        ),
        "report_post": Try(
            lambda _world, report: (
                reverse("forum:report", args=[report.post_id]),
                {"reason": "spam"},
            ),
            lambda _world, report, who: actions.report_post(
                post=report.post, reporter=who, reason=Reason.DISRESPECT, language="en"
            ),
        ),
        "dismiss_reports": Try(
            lambda _world, report: (
                reverse("forum_moderation:dismiss", args=[report.post_id]),
                {"answer": "It is fine"},
            ),
            lambda _world, report, who: actions.dismiss_reports(
                post=report.post, moderator=who, answer="It is fine"
            ),
        ),
    },
)


def make_notice(world: World, state: str) -> Report:
    """Somebody's notice about an address that is no post."""
    report = actions.give_notice(
        explanation="A forbidden sign",
        address="https://example.org/",
        name="A reader (sample)",
        email="reader@example.org",
        good_faith=True,
        language="en",
    )
    if state != Handling.OPEN:
        actions.settle_notice(
            report=report,
            moderator=world.people["administrator"],
            upheld=state == Handling.UPHELD,
            answer="So it is",
        )
    return report


NOTICE = Thing(
    states=tuple(Handling.values),
    make=make_notice,
    acts={
        "settle_notice": Try(
            lambda _world, report: (
                reverse("forum_moderation:notice", args=[report.pk]),
                {"answer": "So it is"},
            ),
            lambda _world, report, who: actions.settle_notice(
                report=report, moderator=who, upheld=True, answer="So it is"
            ),
        ),
        "read_in_admin": Try(
            lambda _world, report: (reverse("forum_moderation:notice", args=[report.pk]), None)
        ),
    },
)


def make_decision(world: World, state: str) -> Decision:
    """One about the author, which the first moderator took."""
    if state == "suspension":
        return penalise(world, "author", PenaltyKind.SUSPEND, by="first").decision
    post = make_reply(make_topic(world.category), world.people["author"], source=text())
    actions.hide_post(
        post=post, moderator=world.people["first"], version=1, reason="Why", grounds=a_rule()
    )
    decision = post.decisions.get()
    if state in {"appealed", *Outcome.values}:
        appeal = actions.file_appeal(decision=decision, member=world.people["author"], text="No")
        if state != "appealed":
            actions.decide_appeal(
                appeal=appeal,
                moderator=world.people["administrator"],
                outcome=Outcome(state),
                answer="So",
            )
    elif state == "withdrawn":
        post = Post.objects.get(pk=post.pk)
        actions.restore_post(post=post, moderator=world.people["first"], version=post.version)
    elif state == "expired":
        then = timezone.now() - timedelta(days=200)
        Decision.objects.filter(pk=decision.pk).update(
            created_at=then, appeal_until=timezone.now() - timedelta(days=1)
        )
    return Decision.objects.get(pk=decision.pk)


DECISION = Thing(
    states=("open", "suspension", "appealed", *Outcome.values, "withdrawn", "expired"),
    make=make_decision,
    acts={
        "read": Try(lambda _world, decision: (decision.get_absolute_url(), None)),
        "file_appeal": Try(
            lambda _world, decision: (decision.get_absolute_url(), {"text": "No"}),
            lambda _world, decision, who: actions.file_appeal(
                decision=decision, member=who, text="No"
            ),
        ),
    },
)


def make_appeal(world: World, state: str) -> Appeal:
    """The author's, or a moderator's own."""
    if state == "a_moderators":
        author = world.people["moderator"]
        post = make_reply(make_topic(world.category), author, source=text())
        actions.hide_post(
            post=post, moderator=world.people["first"], version=1, reason="Why", grounds=a_rule()
        )
        return actions.file_appeal(decision=post.decisions.get(), member=author, text="No")
    return make_decision(world, "appealed" if state == "open" else state).appeal


def deciding(outcome: Outcome) -> Try:
    return Try(
        lambda _world, appeal: (
            reverse("forum_moderation:appeal", args=[appeal.pk]),
            {"outcome": outcome, "answer": "So"},
        ),
        lambda _world, appeal, who: actions.decide_appeal(
            appeal=appeal, moderator=who, outcome=outcome, answer="So"
        ),
    )


APPEAL = Thing(
    states=("open", "a_moderators", *Outcome.values),
    make=make_appeal,
    acts={
        **{f"decide_appeal {outcome}": deciding(outcome) for outcome in Outcome},
        "read_in_admin": Try(
            lambda _world, appeal: (reverse("forum_moderation:appeal", args=[appeal.pk]), None)
        ),
    },
)


def make_penalty(world: World, state: str) -> Penalty:
    """The author's, or a moderator's own."""
    if state == "a_moderators":
        return penalise(world, "moderator", PenaltyKind.SILENCE)
    kind = PenaltyKind(state) if state in PenaltyKind.values else PenaltyKind.SILENCE
    penalty = penalise(world, "author", kind, by="first")
    if state == "over":
        then = timezone.now() - timedelta(days=9)
        Penalty.objects.filter(pk=penalty.pk).update(
            created_at=then, until=then + timedelta(days=7)
        )
    elif state == "lifted":
        actions.lift_penalty(penalty=penalty, moderator=world.people["first"])
    return Penalty.objects.get(pk=penalty.pk)


PENALTY = Thing(
    states=(*PenaltyKind.values, "over", "lifted", "a_moderators"),
    make=make_penalty,
    acts={
        "lift_penalty": Try(
            lambda _world, penalty: (reverse("forum_moderation:lift", args=[penalty.pk]), {}),
            lambda _world, penalty, who: actions.lift_penalty(penalty=penalty, moderator=who),
        ),
    },
)
