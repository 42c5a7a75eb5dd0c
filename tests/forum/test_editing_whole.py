"""An author edits all of a post: the title of the topic, its tags, and files; and what is kept of it."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from forum import actions, errors
from forum.models import Attachment, ModerationLog, ModeratorScope, Post, PostRevision, Topic
from forum.states import OtherAct, State
from search.models import SearchEntry
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.uploads import paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]


@pytest.fixture
def topic(member):
    return make_topic(author=member, title="Who weaves?", source="Linen, that is.")


@pytest.fixture
def opening(topic):
    return topic.posts.get()


@pytest.fixture
def browser(client_for, member, settings):
    settings.FORUM_SECONDS_TO_WRITE = 0
    return client_for(member)


def edit(post, editor, **values):
    wanted = {"source": post.source, "language": "en", "version": post.version}
    return actions.edit_post(post=post, editor=editor, **(wanted | values))


def with_file(post, name="plan.pdf"):
    """The post with a file that came with an edit."""
    key = uuid4()
    actions.attach(owner=post.author, key=key, upload=paper(name=name))
    return edit(post, post.author, key=key)


def fields_of(post, **changes):
    return {
        "title": post.topic.title,
        "source": post.source,
        "language": "en",
        "version": post.version,
        "key": uuid4(),
    } | changes


class TestTitle:
    def test_is_changed_with_the_opening_post(self, browser, topic, opening, client):
        reply = make_reply(topic)
        former = topic.get_absolute_url()
        page = browser.get(reverse("forum:edit", args=[opening.pk])).content.decode()
        assert 'value="Who weaves?"' in page
        values = fields_of(opening, title="  Who weaves   linen? ")
        browser.post(reverse("forum:edit", args=[opening.pk]), values)
        topic.refresh_from_db()
        assert (topic.title, topic.slug) == ("Who weaves linen?", "who-weaves-linen")
        assert PostRevision.objects.get().title == "Who weaves?"
        assert client.get(former).url == topic.get_absolute_url()
        shown = client.get(reverse("forum:history", args=[opening.pk])).content.decode()
        assert "linen<span" in shown
        assert reply.topic_id == topic.pk

    @pytest.mark.parametrize("title", ["", "  ", "x" * 161])
    def test_is_needed_and_fits(self, browser, opening, title):
        address = reverse("forum:edit", args=[opening.pk])
        assert browser.post(address, fields_of(opening, title=title)).status_code == 422
        assert not PostRevision.objects.exists()

    def test_is_not_changed_with_a_reply(self, member, topic):
        reply = make_reply(topic, member)
        edit(reply, member, title="Mine now", source="Other words.")
        assert Topic.objects.get().title == "Who weaves?"

    def test_reaches_the_search(self, member, topic, opening, done):
        done(lambda: edit(opening, member, title="Who spins hemp?"))
        assert "Who spins hemp?" in str(SearchEntry.objects.values_list("title", flat=True))


class TestFiles:
    def test_come_with_an_edit(self, browser, opening, client):
        address = reverse("forum:edit", args=[opening.pk])
        values = fields_of(opening)
        text = browser.post(address, values | {"files": paper(name="plan.pdf"), "attach": "1"})
        assert "plan.pdf" in text.content.decode()
        assert not PostRevision.objects.exists()
        browser.post(address, values)
        file = opening.attachments.get()
        opening.refresh_from_db()
        assert (file.name, opening.version) == ("plan.pdf", 2)
        assert PostRevision.objects.get().files == []
        assert "plan.pdf" in client.get(opening.topic.get_absolute_url()).content.decode()
        shown = client.get(reverse("forum:history", args=[opening.pk])).content.decode()
        assert "File added: plan.pdf" in shown

    def test_go_with_an_edit_and_for_good(self, browser, opening, client, done):
        with_file(opening)
        opening.refresh_from_db()
        file = opening.attachments.get()
        address = reverse("forum:edit", args=[opening.pk])
        values = fields_of(opening, remove=[file.pk, uuid4(), "x"])
        again = browser.post(address, values | {"source": ""}).content.decode()
        assert re.search(rf'value="{file.pk}"\s+checked', again)
        done(lambda: browser.post(address, values))
        assert not Attachment.objects.exists()
        assert not file.file.storage.exists(file.file.name)
        shown = client.get(reverse("forum:history", args=[opening.pk])).content.decode()
        assert "File removed: plan.pdf" in shown

    def test_are_no_more_than_a_post_can_have(self, opening, member, settings):
        settings.FORUM_LIMITS = {"attachments_per_post": 1, "edits_per_post": 9}
        post = with_file(opening)
        with pytest.raises(errors.TooManyFiles):
            with_file(post, "second.pdf")
        edit(post, member, source="Other words.")
        assert opening.attachments.get().name == "plan.pdf"

    def test_are_those_of_this_post(self, opening, member):
        other = with_file(make_reply(opening.topic, member))
        edit(opening, member, source="Other.", removed=[other.attachments.get().pk])
        assert other.attachments.count() == 1

    def test_of_somebody_elses_form_stay_there(self, opening, member):
        key = uuid4()
        actions.attach(owner=MemberFactory(), key=key, upload=paper())
        edit(opening, member, key=key)
        assert not opening.attachments.exists()


class TestTags:
    @pytest.fixture
    def linen(self, home_page):
        make_practice(make_practice_index(home_page), tags=["linen", "wool"])
        return Tag.objects.get(name="linen")

    def address(self, topic):
        return reverse("forum:change_tags", args=[topic.pk])

    def test_are_changed_by_the_author_whenever(self, browser, topic, linen, client):
        Post.objects.update(published_at=timezone.now() - timezone.timedelta(days=99))
        page = browser.get(topic.get_absolute_url()).content.decode()
        assert f'href="{self.address(topic)}"' in page
        assert "Change the tags" not in client.get(topic.get_absolute_url()).content.decode()
        assert browser.post(self.address(topic), {"tags": "Linen, wool"}).status_code == 302
        assert 'value="linen, wool"' in browser.get(self.address(topic)).content.decode()
        browser.post(self.address(topic), {"tags": "linen"})
        assert list(topic.tags.all()) == [linen]
        entries = ModerationLog.objects.filter(action=OtherAct.TAG).order_by("pk")
        assert [entry.reason for entry in entries] == ["– → linen, wool", "linen, wool → linen"]
        assert browser.post(self.address(topic), {"tags": "linnen"}).status_code == 422

    @pytest.mark.parametrize(
        ("who", "state", "locked", "may"),
        [
            ("author", State.PUBLISHED, False, True),
            ("author", State.PENDING, False, True),
            ("author", State.PUBLISHED, True, False),
            ("author", State.HIDDEN, False, False),
            ("member", State.PUBLISHED, False, False),
            ("moderator", State.PUBLISHED, True, True),
            ("moderator elsewhere", State.PUBLISHED, False, False),
        ],
    )
    def test_who_may(self, topic, opening, member, linen, who, state, locked, may):
        in_state(opening, state)
        Topic.objects.update(locked=locked)
        person = {"author": member, "member": MemberFactory()}.get(who) or ModeratorFactory()
        if who.endswith("elsewhere"):
            ModeratorScope.objects.create(user=person, languages=["fr"])
        if may:
            actions.set_tags(topic=topic, editor=person, tags=[linen])
        else:
            with pytest.raises(errors.NotAllowed):
                actions.set_tags(topic=topic, editor=person, tags=[linen])
        assert topic.tags.exists() is may
