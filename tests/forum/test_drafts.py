"""Drafts: kept on the server until they are sent, and their owner's alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audiences import Audience
from forum import actions, errors
from forum.models import Draft, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db
SAVE = "/en/forum/post/drafts/save/"


@pytest.fixture
def topic(category):
    return make_topic(category)


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


def save(owner, **values):
    wanted = {"key": uuid4(), "source": "Half a thought", "language": "en"}
    return actions.save_draft(owner=owner, **(wanted | values))


def data(**values):
    wanted = {"source": "Half a thought", "language": "da", "key": str(uuid4()), "website": ""}
    return wanted | values


class TestKeeping:
    def test_one_for_each_topic(self, member, topic):
        save(member, topic=topic)
        save(member, topic=topic, source="A whole thought")
        assert Draft.objects.get().source == "A whole thought"
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(owner=member, topic=topic, key=uuid4(), source="x", language="en")

    def test_one_for_each_form(self, member):
        key = uuid4()
        save(member, key=key)
        save(member, key=key, title="Now with a title")
        save(member)
        assert Draft.objects.count() == 2

    def test_an_empty_text_forgets_it(self, member, topic):
        save(member, topic=topic)
        assert save(member, topic=topic, source=" \n ") is None
        assert not Draft.objects.exists()

    def test_what_was_sent_is_no_draft(self, member, topic, answer):
        key = uuid4()
        save(member, topic=topic, key=key)
        answer(member, topic, key=key)
        assert not Draft.objects.exists()
        assert save(member, topic=topic, key=key) is None
        assert not Draft.objects.exists()

    def test_sending_forgets_only_this_one(self, member, topic, start, category):
        save(member, topic=topic)
        key = uuid4()
        save(member, key=key)
        start(member, category, key=key)
        assert Draft.objects.get().topic == topic

    def test_at_most_so_many(self, member, topic, settings):
        settings.FORUM_LIMITS = {"drafts": 2}
        first = save(member)
        save(member)
        with pytest.raises(errors.TooManyDrafts):
            save(member)
        save(member, key=first.key, source="Changed")
        save(MemberFactory())
        assert Draft.objects.filter(owner=member).count() == 2

    def test_members_only(self):
        with pytest.raises(errors.NotAllowed):
            save(UserFactory())

    def test_discarded_by_its_owner(self, member):
        draft = save(member)
        with pytest.raises(errors.NotAllowed):
            actions.discard_draft(draft=draft, owner=MemberFactory())
        actions.discard_draft(draft=draft, owner=member)
        assert not Draft.objects.exists()

    def test_pruned_after_half_a_year(self, member):
        for days in (179, 181):
            made = save(member)
            at = timezone.now() - timedelta(days=days)
            Draft.objects.filter(pk=made.pk).update(updated_at=at)
        assert actions.prune_drafts() == 1
        assert Draft.objects.count() == 1

    def test_goes_with_its_owner(self, member, topic):
        save(member, topic=topic)
        member.delete()
        assert not Draft.objects.exists()


class TestReplyForm:
    def test_by_the_button(self, browser, topic):
        sent = data(save_draft="1")
        page = browser.post(topic.get_absolute_url(), sent, follow=True)
        text = page.content.decode()
        assert page.redirect_chain[-1][0] == f"{topic.get_absolute_url()}#reply"
        assert "Your draft is saved." in text
        assert "This is your draft of" in text
        assert "Half a thought" in text
        assert sent["key"] in text
        assert '<option value="da" selected>' in text
        assert topic.posts.count() == 1

    def test_while_typing(self, browser, topic, member):
        page = browser.post(f"{SAVE}?topic={topic.pk}", data())
        assert "Draft saved at" in page.content.decode()
        draft = Draft.objects.get()
        assert (draft.owner, draft.topic, draft.source) == (member, topic, "Half a thought")

    def test_offered_to_its_owner_only(self, browser, client_for, topic, member):
        save(member, topic=topic)
        assert "Half a thought" in browser.get(topic.get_absolute_url()).content.decode()
        other = client_for(MemberFactory()).get(topic.get_absolute_url())
        assert "Half a thought" not in other.content.decode()

    def test_a_quote_is_put_below_it(self, browser, topic, member):
        save(member, topic=topic)
        opening = topic.posts.get()
        page = browser.get(f"{topic.get_absolute_url()}?quote={opening.pk}")
        source = page.context["form"]["source"].value()
        assert source.startswith("Half a thought\n\n> @[")
        assert source.endswith("> Who knows?\n\n")

    def test_too_many_keeps_the_text(self, browser, topic, member, settings):
        settings.FORUM_LIMITS = {"drafts": 1}
        save(member)
        page = browser.post(topic.get_absolute_url(), data(save_draft="1"))
        assert page.status_code == 422
        assert "Half a thought" in page.content.decode()
        assert "You can keep 1 drafts" in page.content.decode()
        told = browser.post(f"{SAVE}?topic={topic.pk}", data()).content.decode()
        assert "You can keep 1 drafts" in told


class TestNewTopicForm:
    address = "/en/forum/new/"

    def test_by_the_button_and_offered_again(self, browser, category):
        sent = data(save_draft="1", title="Half a title", category=category.pk)
        page = browser.post(self.address, sent, follow=True)
        draft = Draft.objects.get()
        assert page.redirect_chain[-1][0] == f"{self.address}?draft={draft.pk}"
        text = page.content.decode()
        assert 'value="Half a title"' in text
        assert sent["key"] in text
        assert f'<option value="{category.pk}" selected>' in text
        assert f"?draft={draft.pk}" in browser.get(self.address).content.decode()

    @pytest.mark.parametrize("is_typing", [True, False])
    def test_tags_are_kept_as_they_are_typed(self, browser, is_typing):
        sent = data(title="T", tags="Linen, wo")
        if is_typing:
            page = browser.get(self.address).content.decode()
            handed_on = re.search(r'hx-params="([^"]+)"\s+hx-sync', page)[1].split(",")
            browser.post(SAVE, {name: sent[name] for name in handed_on if name in sent})
        else:
            browser.post(self.address, sent | {"save_draft": "1"})
        page = browser.get(f"{self.address}?draft={Draft.objects.get().pk}")
        assert page.context["form"]["tags"].value() == "Linen, wo"

    def test_about_a_page(self, browser, category, home_page):
        sent = data(save_draft="1", title="T", page=home_page.pk)
        text = browser.post(self.address, sent, follow=True).content.decode()
        assert f'name="page" value="{home_page.pk}"' in text

    def test_not_those_of_others(self, browser):
        draft = save(MemberFactory(), title="Somebody’s")
        assert browser.get(f"{self.address}?draft={draft.pk}").status_code == 404
        assert "Somebody’s" not in browser.get(self.address).content.decode()

    @pytest.mark.parametrize("wanted", ["x", "", "99999999999999", "\x00"])
    def test_nonsense_in_the_address(self, browser, wanted):
        assert browser.get(self.address, {"draft": wanted}).status_code == 200

    def test_a_category_that_is_not_theirs_is_left_out(self, browser):
        secret = CategoryFactory(audience=Audience.STAFF)
        browser.post(self.address, data(save_draft="1", category=secret.pk))
        assert Draft.objects.get().category is None


class TestList:
    address = "/en/forum/post/drafts/"

    def test_ones_own(self, browser, member, topic):
        reply, new = save(member, topic=topic), save(member, title="New <b>one</b>")
        other = save(MemberFactory(), title="Somebody’s")
        text = browser.get(self.address).content.decode()
        assert topic.title in text
        assert "New &lt;b&gt;one&lt;/b&gt;" in text
        assert "Somebody’s" not in text
        assert browser.post(f"{self.address}{other.pk}/discard/").status_code == 404
        for draft in (reply, new):
            assert browser.post(f"{self.address}{draft.pk}/discard/").status_code == 302
        assert Draft.objects.get() == other

    def test_a_topic_that_was_hidden_is_not_named(self, browser, member):
        topic = make_topic(title="Quodhidium")
        save(member, topic=topic)
        in_state(topic.posts.get(), State.HIDDEN)
        text = browser.get(self.address).content.decode()
        assert "Quodhidium" not in text
        assert "no longer open to you" in text
        assert "Half a thought" in text

    def test_same_number_of_queries(self, browser, member, django_assert_max_num_queries):
        for _number in range(12):
            save(member, topic=make_topic())
        with django_assert_max_num_queries(14):
            browser.get(self.address)

    def test_log_in_first(self, client):
        assert client.get(self.address).status_code == 302


class TestSaving:
    @pytest.mark.parametrize("query", ["?topic=x", "?topic=0", "?topic=99999999"])
    def test_topics_that_are_not_there(self, browser, query):
        assert browser.post(SAVE + query, data()).status_code == 404

    def test_topics_that_are_not_theirs(self, browser):
        topic = make_topic(CategoryFactory(audience=Audience.STAFF), author=ModeratorFactory())
        assert browser.post(f"{SAVE}?topic={topic.pk}", data()).status_code == 404

    @pytest.mark.parametrize(
        "change",
        [
            {"source": "\x00x"},
            {"language": "xx"},
            {"title": "t" * 999},
            {"category": "\x00"},
            {"tags": "\x00" + "t" * 999},
            {"page": "9" * 30},
        ],
    )
    def test_any_values(self, browser, change):
        assert browser.post(SAVE, data(**change)).status_code == 200
        assert Draft.objects.count() == 1

    def test_no_key(self, browser):
        assert browser.post(SAVE, data(key="x")).status_code == 404

    def test_for_members_only(self, client, client_for):
        assert client.post(SAVE, data()).status_code == 404
        assert client_for(UserFactory()).post(SAVE, data()).status_code == 404
        assert client.get(SAVE).status_code == 405


def test_visitors_keep_theirs_in_the_session(client, topic):
    client.post(topic.get_absolute_url(), data())
    assert not Draft.objects.exists()
    assert client.session["forum_draft"]["source"] == "Half a thought"
    assert Topic.objects.count() == 1
