"""Whoever sent a report contests what became of it; somebody else answers, and what is right is done."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from forum import actions, errors, queue
from forum.models import (
    Appeal,
    Decision,
    Notification,
    NotificationPreferences,
    Post,
    Report,
    Rule,
    Topic,
)
from forum.models.decisions import Outcome
from forum.models.following import Frequency
from forum.models.reports import Handling, Reason
from forum.notifications.contesting import contest_path
from forum.states import State
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.factories.members import ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post():
    return make_reply(make_topic(), source="Stolen words")


@pytest.fixture
def second():
    return ModeratorFactory()


def notice(post, **values):
    address = f"https://example.org{post.get_absolute_url()}" if post else "https://example.org/x"
    wanted = {"name": "Visitor (sample)", "email": "visitor@example.org"}
    return actions.give_notice(
        explanation="They are mine.",
        address=address,
        good_faith=True,
        language="en",
        post=post,
        **(wanted | values),
    )


@pytest.fixture
def dismissed(post, moderator, done):
    """A visitor's notice that was turned down."""
    report = notice(post)
    answer = "We see no theft."
    done(lambda: actions.dismiss_reports(post=post, moderator=moderator, answer=answer))
    report.refresh_from_db()
    return report


def decide(appeal, moderator, outcome=Outcome.OVERTURNED, **values):
    grounds = {"reason": "It is stolen.", "grounds": a_rule()}
    return actions.decide_appeal(
        appeal=appeal,
        moderator=moderator,
        outcome=outcome,
        answer="We looked.",
        **(grounds if outcome == Outcome.OVERTURNED else {}),
        **values,
    )


def test_the_mail_leads_to_the_form_and_the_answer_comes_by_mail(
    client, client_for, dismissed, post, second, done
):
    path = contest_path(dismissed)
    assert path in mail.outbox[-1].body
    assert "You can do so until" in client.get(path).content.decode()
    assert client.post(path, {"text": " "}).status_code == 422
    shown = client.post(path, {"text": "Compare page 3."}, follow=True).content.decode()
    assert "Compare page 3." in shown
    assert client.post(path, {"text": "Once more"}).status_code == 422
    appeal = Appeal.objects.get()
    browser = client_for(second)
    row = browser.get("/admin/forum/?kind=appeal").content.decode()
    assert "by whoever had reported it" in row
    address = reverse("forum_moderation:appeal", args=[appeal.pk])
    assert "Compare page 3." in browser.get(address).content.decode()
    answer = {"outcome": "overturned", "answer": "You are right."}
    assert browser.post(address, answer).status_code == 422
    rule = Rule.objects.active().first()
    values = answer | {"reason": "It is stolen.", "rule": rule.pk}
    assert done(lambda: browser.post(address, values)).status_code == 302
    post.refresh_from_db()
    dismissed.refresh_from_db()
    decision = Decision.objects.get()
    assert post.state == State.HIDDEN
    assert (decision.rule, decision.facts, decision.moderator) == (rule, "It is stolen.", second)
    assert (dismissed.state, dismissed.decision) == (Handling.UPHELD, decision)
    sent = [one for one in mail.outbox if one.to == ["visitor@example.org"]][-1]
    assert "You are right." in sent.body
    assert "It is stolen." not in sent.body
    assert "You are right." in client.get(path).content.decode()


def test_ones_reports_name_their_topic_while_one_may_read_it(member, client_for, post):
    report = actions.report_post(post=post, reporter=member, reason=Reason.SPAM, language="en")
    own, status = reverse("forum:cases"), reverse("forum:report_status", args=[report.reference])
    browser = client_for(member)
    assert post.topic.title in browser.get(own).content.decode()
    assert f'href="{own}"' in browser.get(status).content.decode()
    Topic.objects.filter(pk=post.topic_id).update(state=State.HIDDEN)
    assert post.topic.title not in browser.get(own).content.decode()


def test_the_answer_to_a_member_comes_by_mail_and_inbox(
    member, client_for, post, moderator, second, done
):
    report = actions.report_post(post=post, reporter=member, reason=Reason.SPAM, language="en")
    actions.dismiss_reports(post=post, moderator=moderator, answer="It is none.")
    browser = client_for(member)
    status = browser.get(reverse("forum:report_status", args=[report.reference]))
    link = re.search(r'href="([^"]+/contest/[^"]+)"', status.content.decode())[1]
    browser.post(link, {"text": "It is."})
    done(lambda: decide(Appeal.objects.get(), second, Outcome.UPHELD))
    post.refresh_from_db()
    assert post.state == State.PUBLISHED
    assert Notification.objects.filter(user=member, kind="appeal", mailed_at=None).count() == 0
    assert mail.outbox[-1].to == [member.email]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("the one who handled the report", errors.OwnDecision),
        ("the one who sent it", errors.OwnDecision),
        ("the author", errors.OwnDecision),
        ("a member", errors.NotAllowed),
        ("another moderator", None),
    ],
)
def test_who_may_answer(post, moderator, second, member, who, refusal):
    reporter, author = ModeratorFactory(), ModeratorFactory()
    Post.objects.filter(pk=post.pk).update(author=author)
    post.refresh_from_db()
    report = actions.report_post(post=post, reporter=reporter, reason=Reason.SPAM, language="en")
    actions.dismiss_reports(post=post, moderator=moderator, answer="It is none.")
    appeal = actions.contest_report(report=report, text="It is.")
    person = {
        "the one who handled the report": moderator,
        "the one who sent it": reporter,
        "the author": author,
        "a member": member,
        "another moderator": second,
    }[who]
    waits = [row["kind"] for row in queue.rows(person)]
    assert waits == ([] if refusal else ["appeal"])
    if refusal is None:
        assert decide(appeal, person).outcome == Outcome.OVERTURNED
    else:
        with pytest.raises(refusal):
            decide(appeal, person)


@pytest.mark.parametrize(
    ("left_out", "refusal"), [("reason", errors.ReasonMissing), ("grounds", errors.GroundMissing)]
)
def test_a_public_text_is_hidden_with_a_reason_and_a_ground_only(
    dismissed, second, post, left_out, refusal
):
    appeal = actions.contest_report(report=dismissed, text="Look again.")
    Post.objects.filter(pk=post.pk).update(state=State.PUBLISHED)
    given = {"reason": "It is stolen.", "grounds": a_rule()}
    without = {name: value for name, value in given.items() if name != left_out}
    answer = {"outcome": Outcome.OVERTURNED, "answer": "Right"}
    with pytest.raises(refusal), transaction.atomic():
        actions.decide_appeal(appeal=appeal, moderator=second, **answer, **without)
    appeal.refresh_from_db()
    assert appeal.outcome == ""
    actions.decide_appeal(appeal=appeal, moderator=second, **answer, **given)
    assert post.decisions.get().rule == given["grounds"].rule


def test_a_notice_about_another_address(moderator, second, client_for):
    report = notice(None)
    actions.settle_notice(report=report, moderator=moderator, upheld=False, answer="Not ours.")
    appeal = actions.contest_report(report=report, text="It is yours.")
    address = reverse("forum_moderation:appeal", args=[appeal.pk])
    browser = client_for(second)
    assert "https://example.org/x" in browser.get(address).content.decode()
    values = {"outcome": "overturned", "answer": "Taken down."}
    assert browser.post(address, values).status_code == 302
    report.refresh_from_db()
    assert report.state == Handling.UPHELD


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": Handling.OPEN, "handled_at": None}, errors.NotAppealable),
        ({"handled_at": timezone.now() - timedelta(days=190)}, errors.NotAppealable),
        ({"handled_at": timezone.now() - timedelta(days=175)}, None),
    ],
    ids=["not decided yet", "too late", "in time"],
)
def test_until_when(dismissed, changes, refusal):
    Report.objects.filter(pk=dismissed.pk).update(**changes)
    if refusal is None:
        assert actions.contest_report(report=dismissed, text="Look again.")
        with pytest.raises(errors.AlreadyAppealed):
            actions.contest_report(report=dismissed, text="And again.")
        return
    with pytest.raises(refusal):
        actions.contest_report(report=dismissed, text="Look again.")


def test_the_link_is_for_one_report_and_cannot_be_guessed(client, dismissed):
    other = notice(None, email="other@example.org")
    word = contest_path(other).rstrip("/").rsplit("/", 1)[1]
    for reference, wrong in [
        (dismissed.reference, word),
        (dismissed.reference, "x"),
        (dismissed.reference, "é:"),
        (uuid4(), word),
    ]:
        assert client.get(reverse("forum:contest", args=[reference, wrong])).status_code == 404
    status = client.get(reverse("forum:report_status", args=[dismissed.reference]))
    assert "/contest/" not in status.content.decode()


@pytest.mark.parametrize("both", [True, False])
def test_an_appeal_is_about_one_thing(dismissed, post, moderator, both):
    actions.hide_post(post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule())
    about = {"decision": Decision.objects.get(), "report": dismissed} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(text="Why?", **about)


@pytest.mark.parametrize(
    ("frequency", "mails"),
    [(None, 1), (Frequency.AT_ONCE, 1), (Frequency.DAILY, 0), (Frequency.NONE, 0)],
)
def test_the_outcome_of_a_report_is_mailed_to_members_as_they_wish(
    member, post, moderator, done, frequency, mails
):
    if frequency is not None:
        NotificationPreferences.objects.update_or_create(
            user=member, defaults={"frequency": frequency}
        )
    actions.report_post(post=post, reporter=member, reason=Reason.SPAM, language="en")
    done(lambda: actions.dismiss_reports(post=post, moderator=moderator, answer="It is none."))
    sent = [one for one in mail.outbox if one.to == [member.email]]
    assert len(sent) == mails
    assert all("Outcome of your report" in one.body for one in sent)
