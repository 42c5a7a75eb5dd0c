"""Writing: what is published at once, what waits, what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from core import generation
from core.audiences import Audience
from forum import actions, errors
from forum.models import Post, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


class TestFirstPosts:
    @pytest.mark.usefixtures("_no_distance")
    def test_first_two_wait_then_the_third_is_published(
        self, member, moderator, strict_category, start, answer
    ):
        topic = start(member, strict_category)
        opening = topic.posts.get()
        assert (topic.state, opening.state, opening.number) == (State.PENDING, State.PENDING, None)
        actions.publish_post(post=opening, moderator=moderator, version=1)
        second = answer(member, topic)
        assert second.state == State.PENDING
        actions.publish_post(post=second, moderator=moderator, version=1)
        third = answer(member, topic)
        assert (third.state, third.number) == (State.PUBLISHED, 3)

    @pytest.mark.parametrize(
        ("needed", "known", "expected"),
        [
            (0, 0, State.PUBLISHED),
            (1, 0, State.PENDING),
            (1, 1, State.PUBLISHED),
            (3, 2, State.PENDING),
        ],
    )
    @pytest.mark.usefixtures("_no_distance")
    def test_the_category_says_how_many(self, member, start, needed, known, expected):
        elsewhere = make_topic()
        for _number in range(known):
            make_reply(elsewhere, member)
        assert start(member, CategoryFactory(premoderated_posts=needed)).state == expected

    @pytest.mark.usefixtures("_no_distance")
    def test_hidden_posts_earn_no_trust(self, member, moderator, start):
        post = make_reply(make_topic(), member)
        actions.hide_post(
            post=post, moderator=moderator, version=1, reason="Advertising", grounds=a_rule()
        )
        assert start(member, CategoryFactory(premoderated_posts=1)).state == State.PENDING

    def test_moderators_publish_at_once(self, moderator, strict_category, start):
        assert start(moderator, strict_category).state == State.PUBLISHED

    @pytest.mark.usefixtures("_no_distance")
    def test_at_most_two_wait(self, member, strict_category, start):
        start(member, strict_category)
        start(member, strict_category)
        with pytest.raises(errors.TooManyWaiting, match="2 posts"):
            start(member, strict_category)
        assert Post.objects.count() == 2


class TestDistance:
    @pytest.mark.parametrize(
        ("member_for", "opening", "seconds"),
        [
            (timedelta(hours=1), True, 120),
            (timedelta(hours=1), False, 30),
            (timedelta(days=30), True, 15),
            (timedelta(days=30), False, 5),
        ],
    )
    def test_distance_between_posts(self, category, start, answer, member_for, opening, seconds):
        author = MemberFactory(approved_at=timezone.now() - member_for)
        topic = make_topic(category)

        def send():
            return start(author, category) if opening else answer(author, topic)

        send()
        sent = Post.objects.filter(author=author)
        sent.update(created_at=timezone.now() - timedelta(seconds=seconds - 1))
        with pytest.raises(errors.TooFast):
            send()
        assert sent.count() == 1
        sent.update(created_at=timezone.now() - timedelta(seconds=seconds + 1))
        send()
        assert sent.count() == 2

    def test_a_reply_is_no_topic(self, member, category, start, answer):
        answer(member, make_topic(category))
        assert start(member, category).pk

    def test_refusal_does_not_start_the_wait_again(self, member, category, start):
        start(member, category)
        for _attempt in range(3):
            with pytest.raises(errors.TooFast):
                start(member, category)
        Post.objects.update(created_at=timezone.now() - timedelta(seconds=121))
        assert start(member, category).pk


class TestWhoMayWrite:
    @pytest.mark.parametrize(
        ("audience", "allowed"),
        [(Audience.PUBLIC, True), (Audience.MEMBERS, True), (Audience.STAFF, False)],
    )
    def test_members_write_where_they_read(self, member, start, audience, allowed):
        category = CategoryFactory(audience=audience)
        if allowed:
            assert start(member, category).state == State.PUBLISHED
        else:
            with pytest.raises(errors.NotAllowed):
                start(member, category)

    def test_an_account_that_is_no_members_writes_nothing(self, category, start, answer):
        account = UserFactory()
        topic = make_topic(category)
        with pytest.raises(errors.NotAllowed):
            start(account, category)
        with pytest.raises(errors.NotAllowed):
            answer(account, topic)

    @pytest.mark.usefixtures("_no_distance")
    def test_nobody_replies_to_what_is_not_public(self, member, strict_category, start, answer):
        topic = start(member, strict_category)
        for person in (member, MemberFactory()):
            with pytest.raises(errors.NotAllowed):
                answer(person, topic)

    def test_locked_topics_are_open_to_moderators_only(self, member, moderator, answer):
        topic = make_topic()
        Topic.objects.filter(pk=topic.pk).update(locked=True)
        with pytest.raises(errors.TopicClosed):
            answer(member, topic)
        assert answer(moderator, topic).state == State.PUBLISHED


class TestText:
    @pytest.mark.parametrize("source", ["[a]: https://a.example", "&#32;", "---"])
    def test_a_text_that_shows_nothing_is_refused(self, member, category, start, source):
        with pytest.raises(errors.Empty):
            start(member, category, source=source)

    def test_a_text_that_explodes_is_refused(self, member, category, start):
        with pytest.raises(errors.TooLong):
            start(member, category, source="|a|b|\n|-|-|\n" + "|\n" * 9_000)

    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Кой предлага сортиране?", "koy-predlaga-sortirane"),
            ("L’economia circular", "leconomia-circular"),
            ("?!", "topic"),
            ("x" * 160, "x" * 80),
        ],
    )
    def test_every_title_has_an_address(self, member, category, start, title, slug):
        topic = start(member, category, title=title)
        assert topic.slug == slug
        assert topic.get_absolute_url()

    def test_source_and_html_are_kept(self, member, category, start):
        post = start(member, category, source="# Hello").posts.get()
        assert (post.source, post.html.strip()) == ("# Hello", "<h3>Hello</h3>")
        assert post.renderer_version >= 1


class TestSentTwice:
    def test_one_topic(self, member, category, start):
        key = uuid4()
        first, second = (start(member, category, key=key) for _ in range(2))
        assert first == second
        assert Post.objects.count() == 1

    def test_one_reply(self, member, category, answer):
        topic, key = make_topic(category), uuid4()
        assert answer(member, topic, key=key) == answer(member, topic, key=key)
        assert topic.posts.count() == 2

    @pytest.mark.usefixtures("_no_distance")
    def test_keys_of_two_members_do_not_meet(self, member, category, answer):
        topic, key = make_topic(category), uuid4()
        assert answer(member, topic, key=key) != answer(MemberFactory(), topic, key=key)


class TestCounters:
    def test_only_published_posts_count(self, member, moderator, strict_category, answer):
        topic = make_topic(strict_category)
        before = (topic.reply_count, topic.last_post_id, topic.last_post_at, topic.last_number)
        post = answer(member, topic)
        topic.refresh_from_db()
        assert before == (
            topic.reply_count, topic.last_post_id, topic.last_post_at, topic.last_number
        )  # fmt: skip
        actions.publish_post(post=post, moderator=moderator, version=1)
        topic.refresh_from_db()
        assert (topic.reply_count, topic.last_post_id, topic.last_number) == (1, post.pk, 2)
        assert topic.last_post_at == post.published_at

    def test_hiding_and_restoring(self, moderator):
        topic = make_topic()
        first, last = make_reply(topic), make_reply(topic)
        actions.hide_post(
            post=last, moderator=moderator, version=1, reason="Off topic", grounds=a_rule()
        )
        topic.refresh_from_db()
        assert (topic.reply_count, topic.last_post_id, topic.last_number) == (1, first.pk, 3)
        assert topic.last_post_at == first.published_at
        actions.restore_post(post=last, moderator=moderator, version=2)
        topic.refresh_from_db()
        assert (topic.reply_count, topic.last_post_id) == (2, last.pk)
        assert last.number == 3

    def test_numbers_are_not_given_twice(self, member):
        topic = make_topic()
        post = make_reply(topic, member)
        actions.delete_own(post=post, author=member, version=1)
        assert make_reply(topic).number == 3

    def test_category_counts_public_topics(self, category, moderator):
        topic = make_topic(category)
        opening = topic.posts.get()
        actions.hide_post(
            post=opening, moderator=moderator, version=1, reason="Illegal", grounds=a_rule()
        )
        category.refresh_from_db()
        assert category.topic_count == 0
        actions.restore_post(post=opening, moderator=moderator, version=2)
        category.refresh_from_db()
        assert category.topic_count == 1


class TestImport:
    def test_a_trusted_text_keeps_its_date_and_is_published(self, member, strict_category, start):
        at = timezone.now() - timedelta(days=100)
        topic = start(member, strict_category, at=at, trusted=True)
        assert (topic.state, topic.last_post_at) == (State.PUBLISHED, at)
        assert topic.posts.get().published_at == at
        assert topic.is_sample


class TestCaches:
    @pytest.fixture
    def bumps(self, monkeypatch):
        made = []
        monkeypatch.setattr(generation, "bump", lambda *_areas: made.append(1))
        return made

    def test_dropped_with_every_change_of_what_is_public(self, member, moderator, answer, bumps):
        topic = make_topic()
        acts = (
            lambda: answer(member, topic),
            lambda: actions.hide_post(
                post=topic.posts.get(number=2),
                moderator=moderator,
                version=1,
                reason="No",
                grounds=a_rule(),
            ),
            lambda: actions.restore_post(
                post=topic.posts.get(number=2), moderator=moderator, version=2
            ),
            lambda: actions.delete_own(post=topic.posts.get(number=2), author=member, version=3),
        )
        for act in acts:
            bumps.clear()
            act()
            assert bumps

    def test_kept_for_what_waits(self, member, moderator, strict_category, start, bumps):
        post = start(member, strict_category).posts.get()
        actions.reject_post(
            post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
        )
        assert not bumps
