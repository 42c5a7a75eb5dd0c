"""One act for several posts or topics: each by itself, and only what one looks after."""

import re

import pytest

from forum import actions
from forum.models import Decision, ModerationLog, ModeratorScope, Penalty, Post, Report, Topic
from forum.models.reports import Handling
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]

POSTS, TOPICS = "/admin/forum/bulk/", "/admin/forum/topics/"
WHY = {"reason": "Ads", "law": "§ 1"}


@pytest.fixture
def second():
    return ModeratorFactory()


@pytest.fixture
def narrow(moderator):
    """A moderator who looks after what is written in English."""
    ModeratorScope.objects.create(user=moderator, languages=["en"])
    return moderator


@pytest.fixture
def foreign():
    return make_topic(language="fr", title="Ailleurs")


def chosen(*posts, version=1):
    return [f"{post.pk}:{version}" for post in posts]


def seen(*topics, version=1):
    return [f"{topic.pk}:{version}:{topic.category_id}" for topic in topics]


def report(post):
    return actions.report_post(post=post, reporter=MemberFactory(), reason="spam", language="en")


class TestPosts:
    def send(self, browser, act, posts, **words):
        return browser.post(POSTS, {"act": act, "posts": posts} | words, follow=True)

    @pytest.mark.parametrize("upheld", [False, True])
    def test_reports_are_closed(self, narrow, second, foreign, client_for, upheld):
        posts = [make_reply(make_topic()) for _number in range(3)] + [foreign.posts.get()]
        for post in posts:
            report(post)
        actions.dismiss_reports(post=posts[0], moderator=second, answer="Fine")
        words = {"answer": "It was moved", **({"upheld": "on"} if upheld else {})}
        text = self.send(client_for(narrow), "dismiss", chosen(*posts), **words).content.decode()
        assert "Posts decided: 2." in text
        assert f"Already handled by {second.name}" in text
        state = Handling.UPHELD if upheld else Handling.DISMISSED
        handled = Report.objects.filter(handled_by=narrow, state=state, answer="It was moved")
        assert set(handled.values_list("post", flat=True)) == {posts[1].pk, posts[2].pk}
        assert Report.objects.open().get().post == posts[3]
        assert ModerationLog.objects.filter(actor=narrow).count() == 2

    def test_hidden_ones_come_back(self, narrow, client_for):
        posts = [in_state(make_reply(make_topic()), State.HIDDEN) for _number in range(2)]
        stays = make_reply(make_topic())
        text = self.send(client_for(narrow), "restore", chosen(*posts, stays)).content.decode()
        assert "Posts decided: 2." in text
        assert not Post.objects.filter(state=State.HIDDEN).exists()

    @pytest.mark.parametrize(
        ("kind", "ends"), [("warn", False), ("silence", True), ("suspend", True)]
    )
    def test_authors_are_penalised_once_each(self, narrow, foreign, client_for, kind, ends):
        author, topic = MemberFactory(), make_topic()
        own = make_reply(topic, ModeratorFactory())
        posts = [make_reply(topic, author), make_reply(topic, author), make_reply(topic)]
        browser, rows = client_for(narrow), chosen(*posts, own, foreign.posts.get())
        text = self.send(browser, kind, rows, days="7", **WHY).content.decode()
        assert "Posts decided: 2." in text
        assert "You cannot decide about this." in text
        penalties = Penalty.objects.select_related("decision").order_by("pk")
        assert [one.decision.post_id for one in penalties] == [posts[0].pk, posts[2].pk]
        assert all((one.until is not None) is ends for one in penalties)
        assert ModerationLog.objects.filter(actor=narrow, action=kind).count() == 2

    def test_nobody_is_penalised_twice_or_for_another_text(self, narrow, second, client_for):
        known, changed = make_reply(make_topic()), make_reply(make_topic())
        actions.penalise(
            post=known, moderator=second, kind="warn", reason="Ads", grounds=a_rule(), version=1
        )
        rows = [*chosen(known), *chosen(changed, version=2)]
        text = self.send(client_for(narrow), "warn", rows, **WHY).content.decode()
        assert f"Already handled by {second.name}" in text
        assert "This post has changed since you opened it" in text
        assert Penalty.objects.count() == 1

    @pytest.mark.parametrize(
        ("act", "words"),
        [
            ("dismiss", {}),
            ("warn", {"reason": "Ads"}),
            ("silence", {"law": "§ 1"}),
            ("suspend", {**WHY, "days": ""}),
            ("publish", {"posts": ["1:1:1"]}),
            ("move", {}),
        ],
    )
    def test_what_is_missing_is_asked_for(self, moderator, client_for, act, words):
        data = {"act": act, "posts": chosen(make_reply(make_topic()))} | words
        assert client_for(moderator).post(POSTS, data).status_code == 422
        assert not ModerationLog.objects.exists()


class TestTopics:
    @pytest.mark.parametrize(
        ("act", "field", "value"),
        [
            ("lock", "locked", True),
            ("unlock", "locked", False),
            ("pin", "pinned", True),
            ("unpin", "pinned", False),
            ("hide", "state", State.HIDDEN),
            ("restore", "state", State.PUBLISHED),
            ("move", "category__slug", "target"),
        ],
    )
    def test_each_by_itself(self, narrow, foreign, client_for, act, field, value):
        target = CategoryFactory(slug="target")
        topics = [make_topic() for _number in range(3)]
        if act in {"unlock", "unpin"}:
            Topic.objects.update(**{field: True})
        if act == "restore":
            for topic in (*topics, foreign):
                in_state(topic.posts.get(), State.HIDDEN)
        # The last one of them is as it shall be.
        rows = seen(*topics[:2], foreign)
        if act == "move":
            Topic.objects.filter(pk=topics[2].pk).update(category=CategoryFactory())
        elif act in {"hide", "restore"}:
            in_state(topics[2].posts.get(), value)
        else:
            Topic.objects.filter(pk=topics[2].pk).update(**{field: value})
        rows += seen(topics[2])
        data = {"act": act, "topics": rows, "category": target.pk} | WHY
        text = client_for(narrow).post(TOPICS, data, follow=True).content.decode()
        assert "Topics changed: 2." in text
        assert "Already handled by" in text or "has changed since" in text
        changed = Topic.objects.filter(pk__in=[one.pk for one in topics[:2]], **{field: value})
        assert changed.count() == 2
        assert not Topic.objects.filter(pk=foreign.pk, **{field: value}).exists()
        assert ModerationLog.objects.filter(actor=narrow, action=act).count() == 2
        assert Decision.objects.filter(moderator=narrow).count() == (2 if act == "hide" else 0)

    def test_no_other_ones_category_is_a_target(self, moderator, client_for):
        own, other, topic = CategoryFactory(), CategoryFactory(), make_topic()
        ModeratorScope.objects.create(user=moderator).categories.set([own, topic.category])
        data = {"act": "move", "topics": seen(topic), "category": other.pk}
        assert client_for(moderator).post(TOPICS, data).status_code == 422
        topic.refresh_from_db()
        assert topic.category_id != other.pk

    def test_the_list_is_narrowed_and_holds_what_one_looks_after(self, narrow, foreign, client_for):
        one, other = make_topic(title="One"), make_topic(title="Other")
        in_state(other.posts.get(), State.HIDDEN)

        def titles(**filters):
            text = client_for(narrow).get(TOPICS, filters).content.decode()
            return set(re.findall(r'id="topic-[0-9]+"[^>]*>([^<]+)</a>', text))

        assert titles() == {"One", "Other"}
        assert titles(state="hidden") == {"Other"}
        assert titles(category=one.category_id) == {"One"}
        assert titles(language="fr") == set()

    def test_what_was_ticked_stays_ticked(self, moderator, client_for):
        (row,) = seen(make_topic())
        page = client_for(moderator).post(TOPICS, {"act": "hide", "topics": [row]})
        assert page.status_code == 422
        assert re.search(rf'value="{row}"\s+form="bulk"\s+checked', page.content.decode())

    @pytest.mark.parametrize("rows", [[], ["x"], ["1:1"], ["²:1:1"]])
    def test_rows_that_are_none(self, moderator, client_for, rows):
        data = {"act": "lock", "topics": rows}
        assert client_for(moderator).post(TOPICS, data).status_code == 422

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_only_for_moderators(self, editor, client_for, method):
        assert getattr(client_for(editor), method)(TOPICS, follow=True).status_code == 404

    def test_costs_the_same_whatever_there_is(
        self, moderator, client_for, django_assert_max_num_queries
    ):
        browser = client_for(moderator)
        make_topic()
        browser.get(TOPICS)
        with django_assert_max_num_queries(20) as few:
            browser.get(TOPICS)
        for _number in range(5):
            make_topic()
        with django_assert_max_num_queries(len(few)):
            browser.get(TOPICS)
