"""The queue and the decisions, in the Wagtail admin."""

import pytest
from django.urls import reverse

from core.audiences import Audience
from forum import actions
from forum.models import Category, ModerationLog, ModeratorScope, Post
from forum.models.reports import Reason
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_second_factor", "_no_distance")]

QUEUE = "/admin/forum/"


@pytest.fixture
def browser(client_for, moderator):
    return client_for(moderator)


@pytest.fixture
def waiting(member, strict_category, start):
    return start(
        member, strict_category, title="A <b> title", source="**Waiting** text"
    ).posts.get()


def address(post, act=None):
    if act is None:
        return reverse("forum_moderation:post", args=[post.pk])
    return reverse("forum_moderation:decide", args=[post.pk, act])


class TestQueue:
    def test_shows_what_waits_the_longest_first(self, browser, waiting, strict_category, start):
        later = start(EditorFactory(), strict_category, title="Later").posts.get()
        text = browser.get(QUEUE).content.decode()
        assert "2 cases wait" in text
        assert text.index(address(waiting)) < text.index(address(later))
        assert "A &lt;b&gt; title" in text

    def test_holds_nothing_of_ones_own(self, browser, moderator, client_for):
        waiting = in_state(make_reply(make_topic(), moderator), State.PENDING)
        reported = make_reply(waiting.topic, moderator)
        actions.report_post(
            post=reported, reporter=EditorFactory(), reason=Reason.SPAM, language="en"
        )
        assert "Nothing waits" in browser.get(QUEUE).content.decode()
        assert "Forum queue (1)" not in browser.get("/admin/").content.decode()
        assert "2 cases wait" in client_for(ModeratorFactory()).get(QUEUE).content.decode()

    def test_is_empty_at_first(self, browser):
        assert "Nothing waits" in browser.get(QUEUE).content.decode()

    def test_counter_in_the_menu(self, browser, waiting, client_for, editor):
        assert "Forum queue (1)" in browser.get("/admin/").content.decode()
        assert "Forum queue" not in client_for(editor).get("/admin/").content.decode()

    def test_queries_do_not_grow(
        self, browser, strict_category, django_assert_max_num_queries, start
    ):
        for _number in range(3):
            start(EditorFactory(), strict_category)
        browser.get(QUEUE)
        with django_assert_max_num_queries(30) as few:
            browser.get(QUEUE)
        for _number in range(10):
            start(EditorFactory(), strict_category)
        with django_assert_max_num_queries(len(few)):
            browser.get(QUEUE)

    @pytest.mark.parametrize("page", ["0", "x", "999", ""])
    def test_any_page(self, browser, waiting, page):
        assert browser.get(QUEUE, {"p": page}).status_code == 200


class TestPost:
    def test_shows_what_is_needed_to_decide(self, browser, member, moderator, answer):
        topic = make_topic(CategoryFactory(premoderated_posts=9), source="The question")
        make_reply(topic, source="An earlier reply")
        refused = answer(member, topic, source="First try")
        actions.reject_post(
            post=refused, moderator=moderator, version=1, reason="Too short", grounds=a_rule()
        )
        post = answer(member, topic, source="**Second** try")
        text = browser.get(address(post)).content.decode()
        for shown in (
            "The question",
            "An earlier reply",
            "<strong>Second</strong> try",
            "**Second** try",
            "Not published: 1",
            "Too short",
            member.name,
        ):
            assert shown in text

    @pytest.mark.parametrize(
        ("state", "offered"),
        [
            (State.PENDING, {"publish", "reject"}),
            (State.PUBLISHED, {"hide"}),
            (State.HIDDEN, {"restore"}),
            (State.REJECTED, {"restore"}),
            (State.DELETED, set()),
        ],
    )
    def test_offers_what_can_be_done(self, browser, state, offered):
        post = in_state(make_reply(make_topic()), state)
        text = browser.get(address(post)).content.decode()
        for act in ("publish", "reject", "hide", "restore", "delete"):
            assert (f'action="{address(post, act)}"' in text) is (act in offered)

    def test_of_an_author_who_is_gone(self, browser, waiting, member):
        member.delete()
        assert "no longer exists" in browser.get(address(waiting)).content.decode()
        assert "Former member" in browser.get(QUEUE).content.decode()

    def test_the_authors_history_ends_where_the_scope_does(self, browser, moderator, member):
        ModeratorScope.objects.create(user=moderator, languages=["en"])
        shown, elsewhere = make_topic(author=member), make_topic(author=member, language="fr")
        for topic, reason in ((shown, "Loud"), (elsewhere, "Elsewhere")):
            actions.hide_post(
                post=topic.posts.get(),
                moderator=ModeratorFactory(),
                version=1,
                reason=reason,
                grounds=a_rule(),
            )
        text = browser.get(address(make_reply(make_topic(), member))).content.decode()
        assert "Loud" in text
        assert "Elsewhere" not in text

    def test_ones_own_is_not_ones_to_judge(self, browser, moderator):
        post = make_reply(make_topic(), moderator)
        reporter = EditorFactory()
        actions.report_post(post=post, reporter=reporter, reason=Reason.SPAM, language="en")
        text = browser.get(address(post)).content.decode()
        assert "Somebody else decides" in text
        assert address(post, "hide") not in text
        assert reporter.name not in text
        answer = browser.post(address(post, "hide"), {"version": 1, "reason": "Why"})
        assert answer.status_code == 422
        correction = reverse("forum_moderation:correct", args=[post.pk])
        assert browser.get(correction, follow=True).status_code == 404
        post.refresh_from_db()
        assert post.state == State.PUBLISHED

    def test_of_nothing(self, browser):
        assert browser.get("/admin/forum/posts/999/", follow=True).status_code == 404


class TestDecide:
    def test_approve(self, browser, waiting):
        response = browser.post(address(waiting, "publish"), {"version": 1}, follow=True)
        assert "Approved." in response.content.decode()
        waiting.refresh_from_db()
        assert waiting.state == State.PUBLISHED

    def test_goes_on_with_the_next(self, browser, waiting, strict_category, start):
        following = start(EditorFactory(), strict_category).posts.get()
        response = browser.post(address(waiting, "publish"), {"version": 1})
        assert response.url == address(following)
        assert browser.post(address(following, "publish"), {"version": 1}).url == QUEUE

    def test_reject_with_a_reason(self, browser, waiting, moderator):
        browser.post(
            address(waiting, "reject"), {"version": 1, "reason": " Advertising. ", "law": "§ 1"}
        )
        entry = ModerationLog.objects.get()
        assert (entry.actor, entry.reason) == (moderator, "Advertising.")

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
    def test_reject_needs_a_reason_that_fits(self, browser, waiting, reason):
        response = browser.post(address(waiting, "reject"), {"version": 1, "reason": reason})
        assert response.status_code == 422
        assert reason.strip() in response.content.decode()
        waiting.refresh_from_db()
        assert waiting.state == State.PENDING

    def test_already_handled(self, browser, waiting):
        other = ModeratorFactory()
        actions.publish_post(post=waiting, moderator=other, version=1)
        data = {"version": 1, "reason": "Advertising", "law": "§ 1"}
        response = browser.post(address(waiting, "reject"), data, follow=True)
        assert f"Already handled by {other.name}." in response.content.decode()
        waiting.refresh_from_db()
        assert waiting.state == State.PUBLISHED

    def test_hide_and_restore(self, browser):
        post = make_reply(make_topic())
        browser.post(address(post, "hide"), {"version": 1, "reason": "Illegal", "law": "§ 1"})
        post.refresh_from_db()
        assert post.state == State.HIDDEN
        browser.post(address(post, "restore"), {"version": 2})
        post.refresh_from_db()
        assert post.state == State.PUBLISHED

    @pytest.mark.parametrize("version", ["", "0", "x", "7"])
    def test_another_version(self, browser, waiting, version):
        response = browser.post(address(waiting, "publish"), {"version": version})
        assert response.status_code in {302, 422}
        waiting.refresh_from_db()
        assert waiting.state == State.PENDING

    @pytest.mark.parametrize("act", ["delete", "nonsense", "Publish"])
    def test_no_such_decision(self, browser, waiting, act):
        response = browser.post(address(waiting, act), {"version": 1}, follow=True)
        assert response.status_code == 404

    def test_only_by_post(self, browser, waiting):
        assert browser.get(address(waiting, "publish")).status_code == 405


class TestCategories:
    def test_are_made_in_the_admin(self, browser):
        add = reverse(Category.snippet_viewset.get_url_name("add"))
        data = {
            "name": "Dyeing",
            "slug": "dyeing",
            "names": '{"fr": "Teinture"}',
            "description": "",
            "descriptions": "{}",
            "audience": Audience.MEMBERS,
            "language": "",
            "premoderated_posts": "2",
            "position": "0",
        }
        assert browser.get(add).status_code == 200
        refused = browser.post(add, data | {"slug": "new"})
        assert "one of the forum" in refused.content.decode()
        assert browser.post(add, data | {"names": '{"xx": "?"}'}).status_code == 200
        assert not Category.objects.exists()
        browser.post(add, data)
        assert Category.objects.get().names == {"fr": "Teinture"}

    def test_with_topics_stay(self, client_for, administrator):
        post = make_reply(make_topic())
        category = post.topic.category
        delete = reverse(Category.snippet_viewset.get_url_name("delete"), args=[category.pk])
        browser = client_for(administrator)
        text = browser.post(delete, follow=True).content.decode()
        assert "has topics and cannot be deleted" in text
        assert Post.objects.filter(pk=post.pk).exists()
        assert Category.objects.filter(pk=category.pk).exists()
