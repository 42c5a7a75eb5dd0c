"""Topics about a page: bound to what it said, shown on it, marked when it says something else."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from forum import actions
from forum.models import Topic
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.home import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home_page):
    return make_practice_index(home_page)


@pytest.fixture
def practice(index):
    return make_practice(index, challenge="<p>Torn clothes.</p>", tags=["repair"])


def publish(page, **changes):
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def test_a_topic_is_bound_to_what_the_page_says_now(practice):
    topic = make_topic(page=practice)
    assert topic.page_revision_id == practice.live_revision_id is not None
    assert make_topic().page_revision_id is None


@pytest.mark.parametrize(
    ("changes", "is_marked"),
    [
        ({}, False),
        ({"last_reviewed_on": "2026-11-01"}, False),
        ({"challenge": "<p>Torn clothes were thrown away.</p>"}, True),
        ({"title": "Another title"}, True),
    ],
    ids=["published again", "reviewed", "another text", "another title"],
)
def test_it_is_marked_when_the_text_changes_and_not_before(practice, client, changes, is_marked):
    topic = make_topic(page=practice)
    publish(practice, **changes)
    topic.refresh_from_db()
    assert (topic.page_changed_at is not None) is is_marked
    shown = client.get(topic.get_absolute_url()).content.decode()
    assert ("The page has changed since this topic was started" in shown) is is_marked


def test_a_draft_marks_nothing(practice):
    topic = make_topic(page=practice)
    practice.challenge = "<p>Not yet public.</p>"
    practice.save_revision()
    topic.refresh_from_db()
    assert topic.page_changed_at is None


def test_the_latest_date_counts_and_a_page_put_back_takes_the_mark_away(practice, client):
    topic = make_topic(page=practice)
    publish(practice, challenge="<p>New.</p>")
    topic.refresh_from_db()
    first = topic.page_changed_at
    later = make_topic(page=publish(practice))
    publish(practice, challenge="<p>Newer.</p>")
    topic.refresh_from_db()
    later.refresh_from_db()
    assert topic.page_changed_at > first
    assert later.page_changed_at > first
    Topic.objects.filter(pk=topic.pk).update(page_changed_at=datetime(2026, 3, 4, tzinfo=UTC))
    assert "last on 4 March 2026" in client.get(topic.get_absolute_url()).content.decode()
    publish(practice, challenge="<p>Torn clothes.</p>")
    topic.refresh_from_db()
    later.refresh_from_db()
    assert topic.page_changed_at is None
    assert later.page_changed_at is not None


def test_the_mark_needs_the_right_to_read_the_page(practice, client):
    topic = make_topic(page=practice)
    practice = publish(practice, challenge="<p>New.</p>")
    restrict(practice)
    shown = client.get(topic.get_absolute_url()).content.decode()
    assert "The page has changed" not in shown
    assert practice.title not in shown


ABOUT = ("page", "page_revision", "page_seen", "page_changed_at")


def about(topic):
    return Topic.objects.filter(pk=topic.pk).values_list(*ABOUT).get()


def test_what_is_split_off_is_about_the_page_as_it_was_then(practice, moderator):
    topic = make_topic(page=practice)
    reply = make_reply(topic)
    publish(practice, challenge="<p>New.</p>")
    new = actions.split_topic(topic=topic, posts=[reply.pk], title="New", moderator=moderator)
    assert about(new) == about(topic)
    assert None not in about(new)


@pytest.mark.parametrize("has_one", [False, True])
def test_a_merged_topic_brings_its_page_where_there_is_none(practice, index, moderator, has_one):
    source = make_topic(page=practice)
    target = make_topic(page=make_practice(index) if has_one else None)
    publish(practice, challenge="<p>New.</p>")
    expected = about(target if has_one else source)
    actions.merge_topics(topic=source, into=target, moderator=moderator)
    assert about(target) == expected


class TestManyTopics:
    @pytest.fixture
    def topics(self, practice):
        category = CategoryFactory()
        return [make_topic(category, title=f"Topic {n}", page=practice) for n in range(1, 24)]

    def test_the_page_shows_the_newest_and_how_many_there_are(self, practice, topics, client):
        shown = client.get(practice.url).content.decode()
        assert [f">{topic.title}<" in shown for topic in topics] == [False] * 18 + [True] * 5
        assert "All 23 topics about this" in shown
        assert reverse("forum:about", args=[practice.pk]) in shown

    def test_few_need_no_way_to_all(self, practice, client):
        make_topic(page=practice)
        assert (
            reverse("forum:about", args=[practice.pk])
            not in client.get(practice.url).content.decode()
        )

    def test_all_of_them_are_listed_page_by_page(self, practice, topics, client):
        first = client.get(reverse("forum:about", args=[practice.pk])).context["list"]
        second = client.get(first.next_url).context["list"]
        found = [topic.pk for topic in [*first.rows, *second.rows]]
        assert found == [topic.pk for topic in reversed(topics)]

    def test_what_is_not_the_readers_is_not_counted(self, practice, topics, client):
        closed = CategoryFactory(audience="members")
        make_topic(closed, title="Not for visitors", page=practice)
        shown = client.get(practice.url).content.decode()
        assert "All 23 topics" in shown
        listed = client.get(reverse("forum:about", args=[practice.pk])).content.decode()
        assert "Not for visitors" not in listed

    @pytest.mark.parametrize("kind", ["missing", "restricted"])
    def test_a_page_that_is_not_there_for_the_reader(self, practice, client, kind):
        if kind == "restricted":
            restrict(practice)
        pk = practice.pk if kind == "restricted" else 999_999
        assert client.get(reverse("forum:about", args=[pk])).status_code == 404


def test_a_topic_outlives_its_page(practice, client):
    topic = make_topic(page=practice)
    practice.delete()
    topic = Topic.objects.select_related("category").get(pk=topic.pk)
    assert (topic.page_id, topic.page_revision_id) == (None, None)
    assert client.get(topic.get_absolute_url()).status_code == 200
