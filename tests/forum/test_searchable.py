"""What search and other apps' pages get from the forum."""

from contextlib import contextmanager

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from core.audiences import Audience
from core.searchable import entry_changed, for_model
from forum import actions
from forum.models import Category, Post, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@contextmanager
def told():
    """Collect what search is told meanwhile."""
    seen = []

    def listen(sender, instance, **kwargs):
        seen.append(instance)

    entry_changed.connect(listen)
    try:
        yield seen
    finally:
        entry_changed.disconnect(listen)


class TestEntries:
    def test_of_a_topic(self):
        category = CategoryFactory(audience=Audience.MEMBERS, slug="dyeing")
        topic = make_topic(category, title="Woad", source="Who **grows** it?", language="fr")
        topic.author.profile.organisation = "A mill"
        topic.author.profile.save()
        entry = for_model(Topic).entry(topic)
        assert (entry.kind, entry.title, entry.body) == ("topic", "Woad", "Who grows it?")
        assert (entry.language, entry.url) == ("fr", f"/fr/forum/dyeing/{topic.pk}-woad/")
        assert entry.audience == {Audience.MEMBERS}
        assert entry.facets == {
            "category": ["dyeing"],
            "solved": ["no"],
            "tag": [],
            "year": [str(topic.created_at.year)],
        }
        assert (entry.organisation, entry.is_sample) == ("A mill", True)
        assert entry.group == f"topic:{topic.pk}"

    def test_of_a_reply(self):
        post = make_reply(make_topic(title="Woad"), source="I *do*", language="da")
        entry = for_model(Post).entry(post)
        assert (entry.kind, entry.title, entry.body) == ("post", "Woad", "I do")
        assert entry.url == f"/da/forum/post/{post.pk}/"
        assert entry.group == f"topic:{post.topic_id}"

    def test_the_opening_post_is_found_as_the_topic(self):
        assert for_model(Post).entry(make_topic().posts.get()) is None

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_what_is_not_published_has_none(self, state):
        topic = make_topic()
        reply = in_state(make_reply(topic), state)
        assert for_model(Post).entry(reply) is None
        assert not for_model(Post).queryset().exists()
        opening = in_state(topic.posts.get(is_opening=True), state)
        other = Post.objects.get(pk=make_reply_of_closed(topic).pk)
        for searchable, thing in ((Topic, opening.topic), (Post, other)):
            assert for_model(searchable).entry(thing) is None
            assert not for_model(searchable).queryset().exists()

    def test_of_an_author_who_is_gone(self, member):
        topic = make_topic(author=member)
        member.delete()
        topic.refresh_from_db()
        assert for_model(Topic).entry(topic).organisation == ""


def make_reply_of_closed(topic):
    """A published reply in a topic that is no longer public."""
    post = topic.posts.get(is_opening=True)
    reply = Post.objects.create(
        topic=topic,
        number=9,
        author=post.author,
        source="x",
        html="x",
        renderer_version=1,
        language="en",
        state=State.PUBLISHED,
        submission_key="00000000-0000-0000-0000-000000000009",
        published_at=post.created_at,
    )
    return reply


class TestTold:
    def test_of_every_change_of_what_is_public(
        self, moderator, member, django_capture_on_commit_callbacks
    ):
        topic = make_topic()
        with told() as seen, django_capture_on_commit_callbacks(execute=True):
            post = make_reply(topic, member)
        assert {topic, post} <= set(seen)
        with told() as seen, django_capture_on_commit_callbacks(execute=True):
            actions.hide_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        assert {topic, post} <= set(seen)

    def test_of_nothing_that_waits(self, member, strict_category, start, moderator):
        with told() as seen:
            post = start(member, strict_category).posts.get()
            actions.reject_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        assert seen == []

    def test_of_all_replies_when_a_topic_goes(self, moderator, django_capture_on_commit_callbacks):
        topic = make_topic()
        replies = [make_reply(topic) for _ in range(3)]
        opening = topic.posts.get(is_opening=True)
        with told() as seen, django_capture_on_commit_callbacks(execute=True):
            actions.hide_post(
                post=opening, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        assert {topic, *replies} <= set(seen)

    @pytest.mark.parametrize(
        ("field", "value", "expected"),
        [("audience", Audience.MEMBERS, True), ("slug", "elsewhere", True), ("position", 7, False)],
    )
    def test_of_a_category_that_changes(
        self, django_capture_on_commit_callbacks, field, value, expected
    ):
        post = make_reply(make_topic())
        category = Category.objects.get()
        setattr(category, field, value)
        with told() as seen, django_capture_on_commit_callbacks(execute=True):
            category.save()
        assert ({post, post.topic} <= set(seen)) is expected
        with told() as seen, django_capture_on_commit_callbacks(execute=True):
            category.save()
        assert seen == []


def shown(slot, user, **kwargs):
    request = RequestFactory().get("/en/")
    request.user = user
    words = " ".join(f"{name}={name}" for name in kwargs)
    template = Template(f'{{% load core_tags %}}{{% slot "{slot}" {words} %}}')
    return template.render(Context({"request": request, **kwargs}))


class TestSlots:
    def test_home_shows_what_the_reader_may_read(self, member):
        from django.contrib.auth.models import AnonymousUser

        make_topic(title="For everyone")
        make_topic(CategoryFactory(audience=Audience.MEMBERS), title="For members")
        in_state(make_topic(author=member, title="For nobody").posts.get(), State.PENDING)
        text = shown("home.topics", AnonymousUser(), limit=5)
        assert "For everyone" in text
        assert "For members" not in text
        text = shown("home.topics", member, limit=5)
        assert "For members" in text
        assert "For nobody" not in text

    def test_home_shows_nothing_where_there_is_nothing(self, member):
        assert shown("home.topics", member, limit=5) == ""

    def test_page_shows_its_topics_in_every_translation(self, home_page):
        from django.contrib.auth.models import AnonymousUser
        from wagtail.models import Locale

        locale, _created = Locale.objects.get_or_create(language_code="fr")
        translation = home_page.copy_for_translation(locale)
        make_topic(title="About it", page=home_page)
        make_topic(title="About something else")
        for page in (home_page, translation):
            text = shown("page.discuss", AnonymousUser(), page=page)
            assert "About it" in text
            assert "something else" not in text
            assert f"/en/forum/new/?page={page.pk}" in text

    def test_page_keeps_a_members_topic_to_members(self, home_page):
        from django.contrib.auth.models import AnonymousUser

        make_topic(CategoryFactory(audience=Audience.MEMBERS), title="Inside", page=home_page)
        assert "Inside" not in shown("page.discuss", AnonymousUser(), page=home_page)
        assert "Inside" in shown("page.discuss", MemberFactory(), page=home_page)

    def test_a_page_that_goes_leaves_the_topic(self, home_page):
        page = home_page.copy(update_attrs={"title": "Short-lived", "slug": "short-lived"})
        topic = make_topic(page=page)
        page.delete()
        topic.refresh_from_db()
        assert topic.page is None
