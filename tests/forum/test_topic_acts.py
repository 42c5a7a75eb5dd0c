"""What becomes of all that hangs on a topic: merged, split, about a page that changes."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from taggit.models import Tag

from forum import actions, errors, reading
from forum.models import (
    Attachment,
    ConsentRequest,
    Draft,
    Topic,
    TopicRead,
    TopicSubscription,
)
from forum.models.following import Level
from forum.models.practices import Naming
from forum.models.tags import MOST_TAGS
from forum.recount import drifts
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """A member for a year."""
    return MemberFactory(approved_at=timezone.now() - timedelta(days=365))


@pytest.fixture
def target():
    """A topic with the numbers 1 to 3."""
    topic = make_topic(title="Target")
    for _number in range(2):
        make_reply(topic)
    return Topic.objects.get(pk=topic.pk)


@pytest.fixture
def source():
    """A topic with the numbers 1 to 4."""
    topic = make_topic(title="Source")
    for _number in range(3):
        make_reply(topic)
    return Topic.objects.get(pk=topic.pk)


@pytest.fixture
def merge(source, target, moderator):
    def merge():
        return actions.merge_topics(topic=source, into=target, moderator=moderator)

    return merge


@pytest.fixture
def split(source, moderator):
    """Split replies off the source, by their numbers."""

    def split(*numbers):
        posts = list(source.posts.filter(number__in=numbers).values_list("pk", flat=True))
        return actions.split_topic(topic=source, posts=posts, title="New", moderator=moderator)

    return split


def read(user, topic, number):
    actions.mark_topic_read(user=user, topic=topic, number=number)


def mark_of(user, topic):
    return TopicRead.objects.filter(user=user, topic=topic).values_list(
        "last_read_number", flat=True
    )


def accept(topic, number):
    post = topic.posts.get(number=number)
    actions.accept_answer(post=post, user=topic.author)
    return post


def acceptance(topic):
    topic = Topic.objects.get(pk=topic.pk)
    return topic.accepted_id, topic.accepted_at, topic.accepted_by_id


def level_of(user, topic):
    rows = TopicSubscription.objects.filter(user=user, topic=topic)
    return rows.values_list("level", flat=True).first()


class TestReadMarks:
    @pytest.mark.parametrize(
        ("of_target", "of_source", "expected"),
        [
            # Numbers 4 to 7 are the appended ones; 0 is no mark.
            (0, 0, 0),
            (0, 4, 0),
            (2, 0, 2),
            (2, 4, 2),
            (3, 0, 3),
            (3, 2, 5),
            (3, 4, 7),
        ],
    )
    def test_of_a_merged_topic_hide_nothing_unread(
        self, reader, source, target, merge, of_target, of_source, expected
    ):
        if of_target:
            read(reader, target, of_target)
        if of_source:
            read(reader, source, of_source)
        merge()
        assert list(mark_of(reader, target)) == ([expected] if expected else [])
        assert not mark_of(reader, source)
        first = reading.first_unread(target, reader)
        assert (first.number if first else None) == (expected + 1 if expected < 7 else None)

    def test_never_reach_beyond_what_is_there(self, reader, source, target, merge):
        read(reader, target, 3)
        read(reader, source, 99)
        merge()
        reply = make_reply(target)
        assert reading.first_unread(target, reader) == reply

    @pytest.mark.parametrize(
        ("mark", "expected"), [(None, []), (1, []), (2, [1]), (3, [1]), (4, [2])]
    )
    def test_of_a_new_topic_are_what_was_read_of_its_posts(
        self, reader, source, split, mark, expected
    ):
        if mark is not None:
            read(reader, source, mark)
        new = split(2, 4)
        assert list(mark_of(reader, new)) == expected
        assert list(mark_of(reader, source)) == ([] if mark is None else [mark])


class TestSubscriptions:
    @pytest.mark.parametrize("of_target", [None, *Level])
    @pytest.mark.parametrize("of_source", [None, *Level])
    def test_move_where_no_choice_was_made(
        self, reader, source, target, merge, of_source, of_target
    ):
        actions.follow_topic(user=reader, topic=source, level=of_source)
        actions.follow_topic(user=reader, topic=target, level=of_target)
        merge()
        moved = None if of_source == Level.MUTE else of_source
        assert level_of(reader, target) == (of_target or moved)
        assert not source.subscriptions.exists()

    @pytest.mark.parametrize("level", [None, *Level])
    def test_who_wrote_in_a_new_topic_follows_it_as_the_old_one(self, source, split, level):
        writer, other = source.posts.get(number=2).author, source.posts.get(number=3).author
        actions.follow_topic(user=writer, topic=source, level=level)
        actions.follow_topic(user=other, topic=source, level=Level.WATCH)
        new = split(2)
        assert level_of(writer, new) == level_of(writer, source) == level
        assert level_of(other, source) == Level.WATCH
        assert level_of(other, new) is None


class TestTags:
    @pytest.mark.parametrize(
        ("of_target", "of_source", "expected"),
        [
            ([], ["b", "a"], ["a", "b"]),
            (["a"], ["a", "b"], ["a", "b"]),
            (["x", "y", "z", "v"], ["b", "a", "c"], ["a", "v", "x", "y", "z"]),
            (["v", "w", "x", "y", "z"], ["a"], ["v", "w", "x", "y", "z"]),
        ],
    )
    def test_are_added_while_there_is_room(
        self, source, target, merge, of_target, of_source, expected
    ):
        for topic, names in ((target, of_target), (source, of_source)):
            topic.tags.add(*(Tag.objects.get_or_create(name=name, slug=name)[0] for name in names))
        merge()
        assert sorted(target.tags.names()) == expected
        assert len(expected) <= MOST_TAGS
        assert not source.tags.exists()


class TestAcceptedAnswer:
    @pytest.mark.parametrize("target_has_one", [True, False])
    def test_of_a_merged_topic_is_one_no_longer(self, source, target, merge, target_has_one):
        accept(source, 2)
        if target_has_one:
            accept(target, 3)
        before = acceptance(target)
        merge()
        assert acceptance(source) == (None, None, None)
        assert acceptance(target) == before

    def test_that_goes_to_a_new_topic_is_one_no_longer(self, source, split):
        accept(source, 3)
        new = split(3, 4)
        assert acceptance(source) == acceptance(new) == (None, None, None)

    def test_that_stays_stays(self, source, split):
        accept(source, 3)
        before = acceptance(source)
        split(2, 4)
        assert acceptance(source) == before


class TestDrafts:
    def save(self, owner, topic, text):
        key = uuid4()
        return actions.save_draft(owner=owner, key=key, topic=topic, source=text, language="en")

    def test_are_about_the_other_topic(self, reader, source, target, merge):
        draft = self.save(reader, source, "Half a thought")
        merge()
        draft.refresh_from_db()
        assert (draft.topic, draft.source) == (target, "Half a thought")

    def test_neither_of_two_is_lost(self, reader, source, target, merge):
        here, there = self.save(reader, source, "One"), self.save(reader, target, "Two")
        content = BytesIO()
        Image.new("RGB", (40, 30)).save(content, "PNG")
        picture = SimpleUploadedFile("a.png", content.getvalue(), "image/png")
        actions.attach(owner=reader, key=here.key, upload=picture)
        merge()
        here.refresh_from_db()
        there.refresh_from_db()
        assert (there.topic, there.source) == (target, "Two")
        assert (here.topic, here.category, here.title) == (None, target.category, "Source")
        assert here.source == "One"
        assert Attachment.objects.unsent(reader, here.key).count() == 1

    def test_stay_with_a_topic_that_is_split(self, reader, source, split):
        draft = self.save(reader, source, "Half a thought")
        split(2)
        assert Draft.objects.get().topic == source == draft.topic


class TestConsents:
    @pytest.fixture
    def agreed(self, source, editor):
        """An author agreed to have the second post taken over."""
        post = source.posts.get(number=2)
        proposal = actions.ask_consent(topic=source, editor=editor, posts=[post])
        actions.answer_consent(
            proposal=proposal, author=post.author, agreed=[post.pk], naming=Naming.NAME
        )
        return proposal

    def test_hold_after_a_merge_and_lead_to_the_other_topic(self, agreed, target, merge):
        merge()
        agreed.refresh_from_db()
        assert agreed.topic == target
        assert ConsentRequest.objects.usable().count() == 1

    def test_hold_after_a_split(self, agreed, source, split):
        split(2)
        agreed.refresh_from_db()
        assert agreed.topic == source
        assert ConsentRequest.objects.usable().count() == 1

    def test_for_an_older_text_do_not_begin_to_hold(self, agreed, source, merge):
        post = source.posts.get(number=2)
        actions.edit_post(
            post=post,
            editor=post.author,
            source="Something else",
            language="en",
            version=post.version,
        )
        merge()
        assert not ConsentRequest.objects.usable().exists()

    def test_of_two_proposals_none_is_lost(self, agreed, target, editor, merge):
        posts = target.posts.filter(number=1)
        actions.ask_consent(topic=target, editor=editor, posts=posts)
        with pytest.raises(errors.NotMovable):
            merge()
        assert target.posts.count() == 3


def test_the_counters_are_right_after_both(source, target, merge, split):
    accept(source, 2)
    new = split(2, 3)
    merge()
    assert [topic.posts.count() for topic in (source, target, new)] == [0, 5, 2]
    assert not list(drifts())


def test_a_watcher_who_had_read_half_of_each_finds_the_rest(
    reader, source, target, merge, client_for
):
    """The whole way: marks, subscription and the next reply, as its reader meets them."""
    read(reader, source, 4)
    read(reader, target, 2)
    actions.follow_topic(user=reader, topic=source, level=Level.WATCH)
    merge()
    assert (list(mark_of(reader, target)), level_of(reader, target)) == ([2], Level.WATCH)
    browser = client_for(reader)
    assert browser.get(f"/en/forum/topic/{target.pk}/unread/").url.endswith("#post-3")
    assert browser.get(source.get_absolute_url(), follow=True).status_code == 200
    assert target.title in browser.get("/en/forum/inbox/following/").content.decode()
