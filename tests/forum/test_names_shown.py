"""Wherever a text is shown, it names the members whom it mentions as they are called today."""

import pytest
from django.core import mail
from django.urls import reverse

from forum import actions
from forum.models import Notification
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.models.reports import Reason
from forum.states import State
from tests.factories.bestpractices import make_practice_index
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def anna():
    return MemberFactory(name="Anna Silva (sample)")


@pytest.fixture
def post(anna, member):
    """The member's reply that mentions who has asked."""
    return make_reply(make_topic(author=anna), member, source=f"Weave like @[x](member:{anna.pk})!")


def queue(post, **_people):
    in_state(post, State.PENDING)
    return "moderator", reverse("forum_moderation:queue")


def case(post, **_people):
    return "moderator", reverse("forum_moderation:post", args=[post.pk])


def correction(post, **_people):
    return "moderator", reverse("forum_moderation:correct", args=[post.pk])


def appeal(post, moderator, **_people):
    found = actions.file_appeal(
        decision=decided(post, moderator), member=post.author, text="Look again"
    )
    return "moderator", reverse("forum_moderation:appeal", args=[found.pk])


def closing_reports(post, moderator, **_people):
    reporter = MemberFactory()
    actions.report_post(post=post, reporter=reporter, reason=Reason.SPAM, language="en")
    return "moderator", reverse("forum_moderation:post", args=[post.pk])


def reporting(post, **_people):
    return "reader", reverse("forum:report", args=[post.pk])


def choosing(post, **_people):
    return "editor", reverse("forum:practice_posts", args=[post.topic_id])


def consent(post, editor, **_people):
    actions.ask_consent(topic=post.topic, editor=editor, posts=[post])
    return "member", reverse("forum:consent", args=[post.topic_id])


def decision(post, moderator, **_people):
    return "member", decided(post, moderator).get_absolute_url()


def feed(post, **_people):
    return "reader", reverse("forum:topic_feed", args=[post.topic_id])


def inbox(post, member, anna, **_people):
    actions.follow_topic(user=member, topic=post.topic, level=Level.WATCH)
    asked = make_reply(post.topic, source=f"Weave like @[x](member:{anna.pk})?")
    Notification.objects.create(user=member, kind=Kind.REPLY, topic=post.topic, post=asked)
    return "member", reverse("forum:inbox")


def decided(post, moderator):
    actions.hide_post(post=post, moderator=moderator, version=1, reason="Why", grounds=a_rule())
    return post.decisions.get()


@pytest.mark.parametrize(
    "page",
    [
        *(queue, case, correction, appeal, closing_reports, reporting, choosing, consent),
        *(decision, feed, inbox),
    ],
)
def test_on_every_page(page, post, anna, member, moderator, editor, home_page, client_for):
    make_practice_index(home_page)
    people = {"member": member, "moderator": ModeratorFactory(), "editor": editor}
    people["reader"] = MemberFactory()
    who, address = page(post, moderator=moderator, editor=editor, anna=anna, member=member)
    text = client_for(people[who]).get(address).content.decode()
    assert f"@{anna.name}" in text
    assert "data-member=" not in text
    assert "@[](member" not in text


def test_in_the_excerpt_of_an_accepted_answer_too(post, anna, client):
    actions.accept_answer(post=post, user=anna)
    assert client.get(post.topic.get_absolute_url()).content.decode().count(f"@{anna.name}") == 2


def test_in_the_mail_about_a_decision(post, anna, moderator, done):
    done(lambda: decided(post, moderator))
    assert f"Weave like @{anna.name}!" in mail.outbox[0].body
    assert "@[](member" not in mail.outbox[0].body
