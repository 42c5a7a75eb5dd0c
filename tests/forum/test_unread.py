"""What a member has not read: marks move forward only, and nothing but public posts counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.audiences import Audience
from forum import actions, reading
from forum.models import Category, CategoryRead, Topic, TopicRead
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """A member for a year."""
    return MemberFactory(approved_at=timezone.now() - timedelta(days=365))


def unread(user):
    """The titles of the topics marked as unread, which are those in the list of unread ones."""
    visible = Topic.objects.visible_to(user)
    marked = {topic.title for topic in reading.marked(visible, user) if topic.is_unread}
    listed = reading.unread(visible, user, Category.objects.visible_to(user))
    assert {topic.title for topic in listed} == marked
    return marked


def mark_of(user, topic):
    return TopicRead.objects.get(user=user, topic=topic).last_read_number


class TestMarks:
    @pytest.mark.parametrize("numbers", [[1, 3, 2], [3, 3], [1, 2, 3], [3, 1]])
    def test_move_forward_only(self, reader, numbers):
        topic = make_topic()
        for number in numbers:
            actions.mark_topic_read(user=reader, topic=topic, number=number)
        assert mark_of(reader, topic) == max(numbers)
        assert TopicRead.objects.count() == 1

    def test_are_each_readers_own(self, reader):
        topic, other = make_topic(title="T"), MemberFactory()
        actions.mark_topic_read(user=reader, topic=topic, number=1)
        assert unread(reader) == set()
        assert TopicRead.objects.filter(user=other).count() == 0

    def test_go_with_the_account_and_leave_the_topic(self, reader):
        topic = make_topic()
        actions.mark_topic_read(user=reader, topic=topic, number=1)
        actions.mark_all_read(user=reader)
        reader.delete()
        topic.refresh_from_db()
        assert not TopicRead.objects.exists()
        assert not CategoryRead.objects.exists()


class TestWhatIsUnread:
    def test_a_topic_never_opened_and_one_with_a_new_reply(self, reader):
        known, _new = make_topic(title="Known"), make_topic(title="New")
        actions.mark_topic_read(user=reader, topic=known, number=1)
        assert unread(reader) == {"New"}
        make_reply(known)
        assert unread(reader) == {"Known", "New"}

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_a_reply_that_is_not_public_is_none(self, reader, state):
        topic = make_topic(title="T")
        actions.mark_topic_read(user=reader, topic=topic, number=1)
        in_state(make_reply(topic), state)
        assert unread(reader) == set()

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_a_topic_that_is_not_public_is_none_for_its_author_either(self, state):
        author = MemberFactory(approved_at=timezone.now() - timedelta(days=1))
        in_state(make_topic(author=author).posts.get(), state)
        assert unread(author) == set()

    @pytest.mark.parametrize(
        ("approved_days", "post_days", "expected"),
        [(365, 89, True), (365, 91, False), (10, 9, True), (10, 11, False)],
    )
    def test_the_floor_is_the_approval_or_ninety_days_ago(self, approved_days, post_days, expected):
        now = timezone.now()
        user = MemberFactory(approved_at=now - timedelta(days=approved_days))
        make_topic(title="T", at=now - timedelta(days=post_days))
        assert unread(user) == ({"T"} if expected else set())

    def test_visitors_and_accounts_that_are_no_members_have_none(self):
        make_topic()
        assert unread(UserFactory()) == set()


class TestMarkingAllRead:
    def test_the_site(self, reader):
        for _number in range(2):
            topic = make_topic()
        actions.mark_all_read(user=reader)
        assert unread(reader) == set()
        make_reply(topic)
        assert unread(reader) == {topic.title}

    def test_one_category(self, reader):
        first, second = make_topic(title="First"), make_topic(title="Second")
        actions.mark_all_read(user=reader, category=first.category)
        assert unread(reader) == {"Second"}
        assert second.category != first.category

    def test_again_moves_it(self, reader):
        topic = make_topic(title="T")
        for _number in range(2):
            actions.mark_all_read(user=reader)
            make_reply(topic)
            assert unread(reader) == {"T"}
        assert CategoryRead.objects.count() == 1

    def test_leaves_no_mark_where_one_may_not_read(self, reader):
        hidden = CategoryFactory(audience=Audience.STAFF)
        actions.mark_all_read(user=reader, category=hidden)
        actions.mark_all_read(user=reader)
        assert not CategoryRead.objects.filter(category=hidden).exists()


class TestFirstUnread:
    def test_after_the_mark(self, reader):
        topic = make_topic()
        for _number in range(3):
            make_reply(topic)
        assert reading.first_unread(topic, reader).number == 1
        actions.mark_topic_read(user=reader, topic=topic, number=2)
        assert reading.first_unread(topic, reader).number == 3

    def test_passes_over_what_is_not_public(self, reader):
        topic = make_topic()
        hidden, _shown = make_reply(topic), make_reply(topic)
        in_state(hidden, State.HIDDEN)
        actions.mark_topic_read(user=reader, topic=topic, number=1)
        assert reading.first_unread(topic, reader).number == 3

    def test_passes_over_what_was_marked_with_the_category(self, reader):
        topic = make_topic()
        make_reply(topic)
        actions.mark_all_read(user=reader)
        assert reading.first_unread(topic, reader) is None
        new = make_reply(topic)
        assert reading.first_unread(topic, reader) == new


class TestPages:
    """How marks come about: by reading, in a browser."""

    @pytest.fixture
    def long_topic(self):
        topic = make_topic(title="Long")
        for _number in range(44):
            make_reply(topic)
        return topic

    def test_a_page_is_read_to_its_end(self, client_for, reader, long_topic):
        client, address = client_for(reader), long_topic.get_absolute_url()
        client.get(address)
        assert mark_of(reader, long_topic) == 20
        client.get(f"{address}?page=3")
        assert mark_of(reader, long_topic) == 45
        client.get(f"{address}?page=2")
        assert mark_of(reader, long_topic) == 45

    def test_nothing_is_written_for_a_head_or_for_who_is_no_member(self, client_for, reader):
        topic = make_topic()
        client_for(reader).head(topic.get_absolute_url())
        for user in (None, UserFactory()):
            client_for(user).get(topic.get_absolute_url())
        assert not TopicRead.objects.exists()

    def test_a_mark_that_stands_is_not_written_again(self, client_for, reader):
        topic, client = make_topic(), client_for(reader)
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(topic.get_absolute_url())
        assert not [one for one in captured if "INSERT INTO forum_topicread" in one["sql"]]

    def test_the_way_to_the_first_unread_post(self, client_for, reader, long_topic):
        client = client_for(reader)
        jump = reverse("forum:unread_post", args=[long_topic.pk])
        assert client.get(jump).url == f"{long_topic.get_absolute_url()}#post-1"
        actions.mark_topic_read(user=reader, topic=long_topic, number=20)
        assert client.get(jump).url == f"{long_topic.get_absolute_url()}?page=2#post-21"
        actions.mark_topic_read(user=reader, topic=long_topic, number=45)
        assert client.get(jump).url == f"{long_topic.get_absolute_url()}?page=3#post-45"
        assert client_for().get(jump).url == long_topic.get_absolute_url()

    @pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.STAFF])
    def test_leads_nobody_where_they_may_not_go(self, client_for, audience):
        topic = make_topic(CategoryFactory(audience=audience), EditorFactory())
        for user in (None, UserFactory()):
            address = reverse("forum:unread_post", args=[topic.pk])
            assert client_for(user).get(address).status_code == 404

    def test_lists_say_so_in_words(self, client_for, reader, long_topic):
        client = client_for(reader)
        jump = reverse("forum:unread_post", args=[long_topic.pk])
        lists = [long_topic.category.get_absolute_url(), reverse("forum:index")]
        for address in lists:
            text = client.get(address).content.decode()
            assert f'href="{jump}"' in text
            assert "New posts" in text
            assert "New posts" not in client_for().get(address).content.decode()
        client.get(f"{long_topic.get_absolute_url()}?page=3")
        assert "New posts" not in client.get(lists[0]).content.decode()

    def test_new_posts_are_marked_on_the_page_once(self, client_for, reader):
        topic, client = make_topic(), client_for(reader)
        address = topic.get_absolute_url()
        client.get(address)
        make_reply(topic)
        assert client.get(address).content.decode().count("post--unread") == 1
        assert "post--unread" not in client.get(address).content.decode()

    @pytest.mark.parametrize("whole_site", [True, False])
    def test_marking_all_read(self, client_for, reader, whole_site):
        topic, other = make_topic(title="One"), make_topic(title="Two")
        data = {} if whole_site else {"category": topic.category.slug}
        response = client_for(reader).post(reverse("forum:read"), data)
        assert response.status_code == 302
        assert unread(reader) == (set() if whole_site else {other.title})

    def test_marking_is_for_members_and_asked_by_post(self, client_for, reader):
        address = reverse("forum:read")
        assert client_for().post(address).status_code == 404
        assert client_for(UserFactory()).post(address).status_code == 404
        assert client_for(reader).get(address).status_code == 405
        for name in ("gone", "\x00", "x" * 300):
            assert client_for(reader).post(address, {"category": name}).status_code == 404
        secret = CategoryFactory(audience=Audience.STAFF)
        data = {"category": secret.slug}
        assert client_for(reader).post(address, data).status_code == 404
        assert not CategoryRead.objects.exists()
