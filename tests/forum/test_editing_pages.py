"""Editing, retracting, quoting and looking at the history, in the browser."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from forum import actions
from forum.differences import ADDED, MOST_COMPARISONS, REMOVED, compare
from forum.models import MentionConsent, Post, Topic
from forum.states import State
from tests.factories.forum import in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="We sort *wool* by hand.")


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


def edit_address(post):
    return f"/en/forum/post/{post.pk}/edit/"


def history_address(post):
    return f"/en/forum/post/{post.pk}/history/"


def data(**values):
    wanted = {"source": "We sort *linen* by hand.", "language": "en", "version": 1}
    return wanted | {"key": str(uuid4()), "website": ""} | values


def change(post, editor, source, **values):
    post.refresh_from_db()
    return actions.edit_post(
        post=post, editor=editor, source=source, language="en", version=post.version, **values
    )


class TestEdit:
    def test_edited_and_marked(self, browser, post, client):
        page = browser.get(post.topic.get_absolute_url()).content.decode()
        assert f'href="{edit_address(post)}"' in page
        assert "We sort *wool* by hand." in browser.get(edit_address(post)).content.decode()
        answer = browser.post(edit_address(post), data(), follow=True)
        assert answer.redirect_chain[-1][0] == f"{post.topic.get_absolute_url()}#post-2"
        text = client.get(post.topic.get_absolute_url()).content.decode()
        assert "<em>linen</em>" in text
        assert f'<a href="{history_address(post)}">Edited ' in text

    def test_names_are_put_in_for_the_author(self, browser, member, post):
        other = post.topic.author
        change(post, member, f"@[{other.name}] knows")
        assert f"@[{other.name}](member:{other.pk})" in (
            browser.get(edit_address(post)).content.decode()
        )

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"source": ""}, "required"),
            ({"source": "---"}, "Nothing of this text would be shown"),
            ({"version": 99}, "has changed since you opened it"),
            ({"website": "x"}, "Leave this field empty"),
        ],
    )
    def test_refused_with_the_text_kept(self, browser, post, values, message):
        sent = data(**values)
        page = browser.post(edit_address(post), sent)
        assert page.status_code == 422
        assert message in page.content.decode()
        assert sent["source"] in page.content.decode()
        post.refresh_from_db()
        assert post.version == 1

    def test_preview(self, browser, post):
        page = browser.post(edit_address(post), data(preview="1"))
        assert page.status_code == 200
        assert "<em>linen</em>" in page.content.decode()
        post.refresh_from_db()
        assert post.version == 1

    def test_not_of_others(self, client, client_for, post, moderator):
        for browser in (client, client_for(MemberFactory()), client_for(UserFactory())):
            assert browser.get(edit_address(post)).status_code == 404
            assert browser.post(edit_address(post), data()).status_code == 404
        assert client_for(moderator).get(edit_address(post)).status_code == 404

    def test_no_longer(self, browser, post):
        Post.objects.update(published_at=timezone.now() - timedelta(hours=2))
        page = browser.get(post.topic.get_absolute_url()).content.decode()
        assert edit_address(post) not in page
        assert "Retract" not in page
        assert "Delete" in page
        assert browser.get(edit_address(post)).status_code == 404


class TestHistory:
    def test_words_taken_out_and_put_in(self, client, post, member):
        change(post, member, "We sort *linen* by hand, <b>daily</b>.")
        text = client.get(history_address(post)).content.decode()
        assert "<del>" in text
        assert "[removed]</span>wool<span" in text
        assert "[added]</span>linen<span" in text
        assert "&lt;b&gt;daily" in text
        assert "<b>daily" not in text

    def test_nothing_where_nothing_changed(self, client, post):
        assert client.get(history_address(post)).status_code == 404

    def test_not_from_before_publication(self, client_for, member, moderator):
        waiting = in_state(make_reply(make_topic(), member, source="Secretum"), State.PENDING)
        change(waiting, member, "Openly")
        for reader, status in ((None, 404), (MemberFactory(), 404), (member, 200)):
            assert client_for(reader).get(history_address(waiting)).status_code == status
        waiting.refresh_from_db()
        actions.publish_post(post=waiting, moderator=moderator, version=waiting.version)
        change(waiting, member, "More openly")
        for reader, sees in ((None, False), (MemberFactory(), False), (member, True)):
            text = client_for(reader).get(history_address(waiting)).content.decode()
            assert ("Secretum" in text) is sees
            assert "openly" in text
        text = client_for(ModeratorFactory()).get(history_address(waiting)).content.decode()
        assert "Secretum" in text

    def test_not_what_a_moderator_took_out(self, client, browser, post, moderator):
        change(post, moderator, "Nothing more.", reason="Personal data")
        text = client.get(history_address(post)).content.decode()
        assert "The former text is not shown." in text
        assert "wool" not in text
        assert "Personal data" not in text
        text = browser.get(history_address(post)).content.decode()
        assert "wool" in text
        assert "Reason: Personal data" in text

    @pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED])
    def test_goes_with_the_post(self, client_for, post, member, state):
        change(post, member, "Other")
        in_state(post, state)
        for reader in (None, MemberFactory()):
            assert client_for(reader).get(history_address(post)).status_code == 404

    def test_same_number_of_queries(self, client, post, member, django_assert_max_num_queries):
        for number in range(15):
            change(post, member, f"Words {number}")
        with django_assert_max_num_queries(12):
            client.get(history_address(post))


class TestCompare:
    @pytest.mark.parametrize(
        ("before", "after", "removed", "added"),
        [
            ("a b c", "a x c", ["b"], ["x"]),
            ("", "new", [], ["new"]),
            ("old", "", ["old"], []),
            ("same", "same", [], []),
            ("a\n\nb", "a b", ["\n\n"], [" "]),
        ],
    )
    def test_words(self, before, after, removed, added):
        pieces = compare(before, after)
        assert [one.text for one in pieces if one.kind == REMOVED] == removed
        assert [one.text for one in pieces if one.kind == ADDED] == added

    @pytest.mark.parametrize("after", ["b a " * 4000, "x " * 9000, "a" * 20_000])
    def test_nothing_is_lost_in_the_longest_texts(self, after):
        before = "a b " * 4000
        pieces = compare(before, after)
        assert "".join(one.text for one in pieces if one.kind != ADDED) == before
        assert "".join(one.text for one in pieces if one.kind != REMOVED) == after
        assert MOST_COMPARISONS <= 1_000_000


class TestRetract:
    def test_gone_at_once(self, browser, client, post):
        address = f"/en/forum/post/{post.pk}/delete/"
        page = browser.get(post.topic.get_absolute_url()).content.decode()
        assert f'href="{address}"' in page
        assert "Retract" in page
        assert "Retract your post?" in browser.get(address).content.decode()
        browser.post(address, {"version": 1})
        assert "sort" not in client.get(post.topic.get_absolute_url()).content.decode()
        assert client.get(post.get_absolute_url()).status_code == 404

    def test_an_opening_post_without_replies(self, browser, client, member):
        topic = make_topic(author=member)
        opening = topic.posts.get()
        browser.post(f"/en/forum/post/{opening.pk}/delete/", {"version": 1})
        assert client.get(topic.get_absolute_url()).status_code == 404

    def test_not_an_opening_post_that_others_answered(self, browser, member):
        topic = make_topic(author=member)
        make_reply(topic)
        opening = topic.posts.get(is_opening=True)
        assert browser.get(f"/en/forum/post/{opening.pk}/delete/").status_code == 404

    def test_a_retracted_text_may_be_posted_again(self, browser, post, member, answer):
        actions.delete_own(post=post, author=member, version=1)
        Post.objects.update(created_at=timezone.now() - timedelta(hours=1))
        assert answer(member, post.topic, source="We sort *wool* by hand.")


class TestQuote:
    def test_opens_the_form_with_the_text(self, browser, post):
        page = browser.get(post.topic.get_absolute_url()).content.decode()
        address = f"{post.topic.get_absolute_url()}?quote={post.pk}"
        assert f'href="{address}#reply"' in page
        source = browser.get(address).context["form"]["source"].value()
        assert source.endswith("> We sort *wool* by hand.\n\n")

    def test_nothing_that_is_not_public(self, browser, post):
        waiting = in_state(make_reply(post.topic, source="Secretum"), State.PENDING)
        elsewhere = make_reply(make_topic(), source="Secretum")
        for wanted in (waiting.pk, elsewhere.pk, 999999, "x", "\x00", ""):
            page = browser.get(post.topic.get_absolute_url(), {"quote": wanted})
            assert page.status_code == 200
            assert "Secretum" not in page.content.decode()

    def test_only_where_one_may_reply(self, client, browser, post):
        assert "?quote=" not in client.get(post.topic.get_absolute_url()).content.decode()
        Topic.objects.update(locked=True)
        assert "?quote=" not in browser.get(post.topic.get_absolute_url()).content.decode()


class TestFindingMembers:
    address = "/en/forum/post/members/"

    def test_participants_and_who_agreed(self, browser, post):
        author = post.topic.author
        author.name = "Anna [Weaver] <b> (sample)"
        author.save()
        agreed, silent = MemberFactory(name="Annika"), MemberFactory(name="Annabel")
        MentionConsent.objects.create(user=agreed)
        text = browser.get(self.address, {"topic": post.topic.pk, "q": "ann"}).content.decode()
        assert f"@[Anna Weaver &lt;b&gt; (sample)](member:{author.pk})" in text
        assert "Annika" in text
        assert silent.name not in text
        assert "@example.org" not in text
        text = browser.get(self.address, {"q": "ann"}).content.decode()
        assert "Annika" in text
        assert "Weaver" not in text

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({}, 200),
            ({"q": "a"}, 200),
            ({"q": "\x00%_"}, 200),
            ({"q": "x", "topic": "y"}, 404),
            ({"q": "x", "topic": "0"}, 404),
        ],
    )
    def test_any_query(self, browser, query, status):
        page = browser.get(self.address, query)
        assert page.status_code == status
        assert "member:" not in page.content.decode()

    def test_for_members_only(self, client, client_for):
        assert client.get(self.address, {"q": "ann"}).status_code == 404
        assert client_for(UserFactory()).get(self.address, {"q": "ann"}).status_code == 404
