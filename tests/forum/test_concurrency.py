"""Several people at the same moment, in threads, on PostgreSQL."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections

from forum import actions, errors
from forum.models import Category, ModerationLog, Post, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_distance"),
]

THREADS = 6


@pytest.fixture(autouse=True)
def _only_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.fail("these tests need PostgreSQL: locks do nothing on SQLite")


def at_once(*acts):
    """Run the acts in threads that start together; return results and refusals."""
    barrier = threading.Barrier(len(acts))
    done, refused, broken = [], [], []

    def run(act):
        try:
            barrier.wait(timeout=60)
            done.append(act())
        except errors.Refused as refusal:
            refused.append(refusal)
        except Exception as error:  # noqa: BLE001 (told in the main thread)
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not broken, broken
    return done, refused


def test_two_moderators_decide_at_once():
    first, second = ModeratorFactory(), ModeratorFactory()
    post = in_state(make_topic().posts.get(), State.PENDING)
    version = post.version

    def copy():
        return Post.objects.select_related("topic__category").get(pk=post.pk)

    done, refused = at_once(
        lambda: actions.publish_post(post=copy(), moderator=first, version=version),
        lambda: actions.reject_post(
            post=copy(), moderator=second, version=version, reason="No", grounds=a_rule()
        ),
    )
    assert (len(done), len(refused)) == (1, 1)
    entry = ModerationLog.objects.select_related("actor").get()
    assert isinstance(refused[0], errors.AlreadyHandled)
    assert refused[0].by == entry.actor.name
    post.refresh_from_db()
    assert (post.state, post.version) == (entry.to_state, version + 1)


def test_replies_at_once_get_numbers_without_gaps_or_duplicates():
    topic = make_topic()
    authors = [MemberFactory() for _ in range(THREADS)]
    acts = [
        lambda author=author: actions.reply(
            author=author, topic=topic, source="Me", language="en", key=uuid4()
        )
        for author in authors
    ]
    done, refused = at_once(*acts)
    assert (len(done), refused) == (THREADS, [])
    numbers = Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, THREADS + 2))
    topic.refresh_from_db()
    assert (topic.reply_count, topic.last_number) == (THREADS, THREADS + 1)
    assert topic.last_post.number == THREADS + 1


def test_one_reply_sent_many_times_at_once_is_one():
    topic, author, key = make_topic(), MemberFactory(), uuid4()
    acts = [
        lambda: actions.reply(author=author, topic=topic, source="Me", language="en", key=key)
    ] * THREADS
    done, refused = at_once(*acts)
    assert (len({post.pk for post in done}), refused) == (1, [])
    assert topic.posts.count() == 2


def test_one_topic_sent_many_times_at_once_is_one():
    category, author, key = CategoryFactory(), MemberFactory(), uuid4()

    def send():
        return actions.start_topic(
            author=author, category=category, title="T", source="S", language="en", key=key
        )

    done, refused = at_once(*[send] * THREADS)
    assert (len({topic.pk for topic in done}), refused) == (1, [])
    assert Topic.objects.count() == 1
    assert Category.objects.get(pk=category.pk).topic_count == 1


def test_no_more_than_two_wait_however_fast_one_sends():
    category, author = CategoryFactory(premoderated_posts=2), MemberFactory()

    def send():
        return actions.start_topic(
            author=author,
            category=category,
            title="T",
            source=uuid4().hex,
            language="en",
            key=uuid4(),
        )

    done, refused = at_once(*[send] * THREADS)
    assert (len(done), len(refused)) == (2, THREADS - 2)
    assert all(isinstance(refusal, errors.TooManyWaiting) for refusal in refused)


def test_publishing_and_hiding_at_once_keep_the_counters_true():
    moderator = ModeratorFactory()
    topic = make_topic()
    to_hide = [make_reply(topic) for _ in range(3)]
    acts = [
        lambda post=post: actions.hide_post(
            post=post, moderator=moderator, version=1, reason="Off topic", grounds=a_rule()
        )
        for post in to_hide
    ]
    acts += [lambda: make_reply(topic)] * 3
    done, refused = at_once(*acts)
    assert (len(done), refused) == (6, [])
    topic.refresh_from_db()
    published = Post.objects.filter(topic=topic, state=State.PUBLISHED)
    assert topic.reply_count == published.filter(is_opening=False).count() == 3
    assert topic.last_post == published.order_by("-number").first()


def test_two_moderators_answer_an_appeal_at_once():
    post, author = make_reply(make_topic()), MemberFactory()
    Post.objects.filter(pk=post.pk).update(author=author)
    post.refresh_from_db()
    actions.hide_post(
        post=post, moderator=ModeratorFactory(), version=1, reason="R", grounds=a_rule()
    )
    appeal = actions.file_appeal(decision=post.decisions.get(), member=author, text="No")
    people = {"upheld": ModeratorFactory(), "overturned": ModeratorFactory()}
    answers = [
        lambda outcome=outcome, moderator=moderator: actions.decide_appeal(
            appeal=appeal, moderator=moderator, outcome=outcome, answer="So"
        )
        for outcome, moderator in people.items()
    ]
    done, refused = at_once(*answers)
    assert (len(done), len(refused)) == (1, 1)
    assert isinstance(refused[0], errors.AlreadyHandled)
    post.refresh_from_db()
    assert (post.state == State.PUBLISHED) is (done[0].outcome == "overturned")
