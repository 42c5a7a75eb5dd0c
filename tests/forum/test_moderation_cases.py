"""The moderators' pages of decisions, topics and cases, and what they cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum import actions, permissions, standing
from forum.models import (
    Decision,
    ModerationLog,
    ModeratorScope,
    Penalty,
    Post,
    Rule,
)
from forum.models.decisions import Outcome
from forum.models.penalties import PenaltyKind
from forum.models.reports import Reason
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


@pytest.fixture
def decision(post, moderator):
    actions.hide_post(
        post=post, moderator=moderator, version=1, reason="Advertising", grounds=a_rule()
    )
    return Decision.objects.get()


@pytest.fixture
def second():
    return ModeratorFactory()


def again(person):
    standing.forget(person)
    return person


def punish(post, moderator, kind=PenaltyKind.SILENCE, days=7):
    until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=days)
    return actions.penalise(
        post=post, moderator=moderator, kind=kind, reason="Insults", until=until, grounds=a_rule()
    )


def report(post, reporter, reason=Reason.SPAM, **values):
    return actions.report_post(post=post, reporter=reporter, reason=reason, language="en", **values)


def test_the_admin_pages_answer(post, member, moderator, second, client_for):
    report(post, MemberFactory())
    browser = client_for(second)
    for address in (
        "/admin/forum/",
        "/admin/forum/?kind=report&reason=spam",
        "/admin/forum/?kind=x",
    ):
        assert browser.get(address).status_code == 200
    page = browser.get(f"/admin/forum/posts/{post.pk}/").content.decode()
    assert "Spam or advertising" in page
    rule = Rule.objects.active().first()
    form = {"version": 1, "reason": "Ads", "rule": rule.pk, "law": ""}
    browser.post(f"/admin/forum/posts/{post.pk}/hide/", form)
    decision = Decision.objects.get()
    assert decision.rule == rule
    appeal = actions.file_appeal(decision=decision, member=member, text="No")
    address = f"/admin/forum/appeals/{appeal.pk}/"
    answer = {"outcome": "overturned", "answer": "Right"}
    assert browser.post(address, answer).status_code == 422
    assert client_for(moderator).get(address).status_code == 200
    client_for(moderator).post(address, answer)
    post.refresh_from_db()
    assert post.state == State.PUBLISHED
    penalty = {"kind": "silence", "days": "7", "reason": "Insults", "law": "§ 1"}
    browser.post(f"/admin/forum/posts/{post.pk}/penalise/", penalty)
    assert not permissions.may_write(again(member))
    browser.post(f"/admin/forum/penalties/{Penalty.objects.get().pk}/lift/")
    assert permissions.may_write(again(member))


def test_a_topic_in_the_admin(moderator, client_for, editor):
    topic, other = make_topic(), make_topic()
    reply = make_reply(topic)
    browser, address = client_for(moderator), f"/admin/forum/topics/{topic.pk}/"
    assert browser.get(address).status_code == 200
    for data, status in [
        ({"act": "lock"}, 302),
        ({"act": "pin"}, 302),
        ({"act": "move", "category": other.category_id}, 302),
        ({"act": "move", "category": other.category_id}, 422),
        ({"act": "split", "title": "T", "numbers": "1, 2"}, 422),
        ({"act": "split", "title": "T", "numbers": "2"}, 302),
        ({"act": "merge", "into": 10**9}, 422),
        ({"act": "merge", "into": other.pk}, 302),
    ]:
        assert browser.post(address, data).status_code == status, data
    assert client_for(editor).get(address, follow=True).status_code == 404
    reply.refresh_from_db()
    assert reply.is_opening


@pytest.mark.parametrize("export", ["", "csv", "xlsx"])
def test_the_report_of_decisions(post, moderator, client_for, editor, export):
    actions.hide_post(post=post, moderator=moderator, version=1, reason="=1+1", grounds=a_rule())
    address = "/admin/reports/forum-decisions/"
    response = client_for(moderator).get(address, {"export": export} if export else {})
    assert response.status_code == 200
    if export == "csv":
        assert "'=1+1" in b"".join(response.streaming_content).decode()
    assert client_for(editor).get(address, follow=True).status_code == 404


def test_several_posts_at_once_each_by_itself(post, moderator, client_for):
    handled, other = make_reply(make_topic()), make_reply(make_topic())
    foreign = make_reply(make_topic(language="fr"), language="fr")
    ModeratorScope.objects.create(user=moderator, languages=["en"])
    actions.hide_post(
        post=handled, moderator=ModeratorFactory(), version=1, reason="R", grounds=a_rule()
    )
    chosen = [f"{one.pk}:1" for one in (post, handled, other, foreign)]
    browser, data = client_for(moderator), {"act": "hide", "posts": chosen}
    assert browser.post("/admin/forum/bulk/", data).status_code == 422
    text = browser.post(
        "/admin/forum/bulk/", data | {"reason": "Ads", "law": "§ 1"}, follow=True
    ).content.decode()
    assert "Posts decided: 2." in text
    assert "Already handled by" in text
    states = Post.objects.in_bulk([post.pk, other.pk, foreign.pk])
    assert [states[one.pk].state for one in (post, other, foreign)] == [
        State.HIDDEN,
        State.HIDDEN,
        State.PUBLISHED,
    ]
    assert Decision.objects.filter(moderator=moderator).count() == 2
    assert ModerationLog.objects.filter(actor=moderator).count() == 2
    for words in ([], ["x"], ["1:x"], ["²:1"]):
        wrong = {"act": "publish", "posts": words}
        assert browser.post("/admin/forum/bulk/", wrong).status_code == 422


def test_service_levels_on_the_dashboard(decision, member, second, client_for, editor):
    appeal = actions.file_appeal(decision=decision, member=member, text="No")
    text = client_for(second).get("/admin/").content.decode()
    assert "1 case waits" in text
    actions.decide_appeal(
        appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Right"
    )
    text = client_for(second).get("/admin/").content.decode()
    assert "Decisions overturned on appeal: 1 of 1" in text
    assert "forum-service-levels" not in client_for(editor).get("/admin/").content.decode()


def test_the_queue_costs_the_same_whatever_waits(
    moderator, client_for, django_assert_max_num_queries
):
    def fill(number):
        for _row in range(number):
            report(make_reply(make_topic()), MemberFactory())
            strict = CategoryFactory(premoderated_posts=2)
            make_topic(strict, trusted=False)

    browser = client_for(moderator)
    fill(1)
    browser.get("/admin/forum/")
    with django_assert_max_num_queries(19) as few:
        browser.get("/admin/forum/")
    fill(8)
    with django_assert_max_num_queries(len(few)):
        browser.get("/admin/forum/")
