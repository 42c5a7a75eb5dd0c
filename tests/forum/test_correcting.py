"""A moderator changes the words of a post: the form, what its author is shown, and who may do it."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum import actions, statements
from forum.models import Decision, ModerationLog, ModeratorScope, Notification, Rule
from forum.models.decisions import Measure, Outcome
from forum.states import OtherAct, State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]

BEFORE = "Our price is **9 euros** for client Smith."
AFTER = "Our price is **9 euros** for a client."


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source=BEFORE)


@pytest.fixture
def browser(client_for, moderator):
    return client_for(moderator)


@pytest.fixture
def values():
    return {
        "version": 1,
        "source": AFTER,
        "reason": "It names a client.",
        "rule": Rule.objects.active().first().pk,
    }


def address(post):
    return reverse("forum_moderation:correct", args=[post.pk])


def test_the_form_begins_with_the_text(browser, post):
    page = browser.get(reverse("forum_moderation:post", args=[post.pk])).content.decode()
    assert f'href="{address(post)}"' in page
    assert BEFORE in browser.get(address(post)).content.decode()


def test_the_preview_shows_both_and_changes_nothing(browser, post, values):
    answer = browser.post(address(post), values | {"preview": "1", "reason": ""})
    text = answer.content.decode()
    assert "<strong>9 euros</strong> for a client." in text
    assert "Smith<span" in text
    assert AFTER in text
    post.refresh_from_db()
    assert post.source == BEFORE


def test_the_change_is_decided_logged_and_told(browser, post, values, member, client_for, done):
    done(lambda: browser.post(address(post), values))
    post.refresh_from_db()
    decision = Decision.objects.get()
    assert post.source == AFTER
    assert (decision.measure, decision.rule_id) == (Measure.EDIT, values["rule"])
    assert ModerationLog.objects.get().action == OtherAct.EDIT
    assert Notification.objects.get(user=member).kind == "decision"
    sent = mail.outbox[-1]
    assert sent.to == [member.email]
    assert BEFORE in sent.body
    assert AFTER in sent.body
    own = client_for(member)
    shown = own.get(decision.get_absolute_url()).content.decode()
    assert "What was taken out and put in" in shown
    assert "<del><span" in shown
    assert (
        "It names a client." in own.get(reverse("forum:history", args=[post.pk])).content.decode()
    )


@pytest.mark.parametrize("is_own", [False, True])
def test_an_edit_of_somebody_elses_text_is_logged(post, member, moderator, is_own):
    actions.edit_post(
        post=post,
        editor=member if is_own else moderator,
        source=AFTER,
        language="en",
        version=1,
        reason="It names a client.",
    )
    found = ModerationLog.objects.values_list("actor", "action", "reason", "post")
    logged = (moderator.pk, OtherAct.EDIT, "It names a client.", post.pk)
    assert list(found) == ([] if is_own else [logged])


def test_the_reasons_are_in_the_language_of_whoever_wrote_them(post, member, client_for):
    french = ModeratorFactory(language="fr")
    decision = actions.correct_post(
        post=post, moderator=french, version=1, source=AFTER, reason="Un client", grounds=a_rule()
    )
    assert (decision.language, member.language) == ("en", "en")
    line = next(one for one in statements.lines(decision) if one.text == "Un client")
    assert line.language == "fr"
    french.delete()
    shown = client_for(member).get(decision.get_absolute_url())
    assert shown.status_code == 200


@pytest.mark.services
@pytest.mark.parametrize("by_appeal", [False, True])
def test_accounts_are_locked_before_topics(post, member, moderator, by_appeal):
    values = {"post": post, "version": 1, "source": AFTER, "reason": "R", "grounds": a_rule()}
    with CaptureQueriesContext(connection) as captured:
        decision = actions.correct_post(moderator=moderator, **values)
    if by_appeal:
        appeal = actions.file_appeal(decision=decision, member=member, text="He agreed.")
        with CaptureQueriesContext(connection) as captured:
            actions.decide_appeal(
                appeal=appeal,
                moderator=ModeratorFactory(),
                outcome=Outcome.OVERTURNED,
                answer="Right",
            )
    locks = [query["sql"] for query in captured if "FOR NO KEY UPDATE" in query["sql"]]
    tables = [sql.partition('FROM "')[2].partition('"')[0] for sql in locks]
    assert tables.index("members_user") < tables.index("forum_topic")


def test_the_difference_is_that_of_the_decision_whatever_came_later(post, values, moderator):
    other = ModeratorFactory()
    for number, text in enumerate([AFTER, "Nothing is left."], start=1):
        decision = actions.correct_post(
            post=post, moderator=other, version=number, source=text, reason="R", grounds=a_rule()
        )
    first, second = Decision.objects.order_by("pk")
    added = [piece.text for piece in statements.difference(first) if piece.kind == "added"]
    assert "".join(added).strip() == "a"
    assert any("Nothing" in piece.text for piece in statements.difference(decision))
    assert second == decision


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule": ""}, "rule"),
        ({"reason": " "}, "reason"),
        ({"source": ""}, "source"),
        ({"source": BEFORE}, "source"),
        ({"version": 7}, "__all__"),
        ({"source": "[](x)"}, "__all__"),
    ],
    ids=["no rule", "no reason", "no text", "no change", "another version", "shows nothing"],
)
def test_refusals_keep_what_was_typed(browser, post, values, changes, field):
    answer = browser.post(address(post), values | changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    post.refresh_from_db()
    assert post.source == BEFORE


@pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.HIDDEN, State.DELETED])
def test_only_what_can_be_read_is_edited(browser, post, values, state):
    in_state(post, state)
    assert browser.get(address(post), follow=True).status_code == 404
    assert browser.post(address(post), values, follow=True).status_code == 404


def test_only_within_the_scope(client_for, post, values, editor):
    elsewhere = ModeratorFactory()
    ModeratorScope.objects.create(user=elsewhere, languages=["fr"])
    for person in (elsewhere, editor):
        assert client_for(person).post(address(post), values, follow=True).status_code == 404


def test_a_title_is_corrected_with_its_opening_post_and_given_back(browser, member, values, done):
    topic = make_topic(author=member, title="Who buys from Smith?", source=BEFORE)
    opening = topic.posts.get()
    assert 'value="Who buys from Smith?"' in browser.get(address(opening)).content.decode()
    assert browser.post(address(opening), values).status_code == 422
    title = {"title": "Who buys  from us?", "source": BEFORE}
    done(lambda: browser.post(address(opening), values | title))
    topic.refresh_from_db()
    decision = Decision.objects.get()
    assert (topic.title, decision.title_before) == ("Who buys from us?", "Who buys from Smith?")
    assert "Former title: Who buys from Smith?" in mail.outbox[-1].body
    appeal = actions.file_appeal(decision=decision, member=member, text="He agreed.")
    actions.decide_appeal(
        appeal=appeal, moderator=ModeratorFactory(), outcome=Outcome.OVERTURNED, answer="Right"
    )
    topic.refresh_from_db()
    assert topic.title == "Who buys from Smith?"
