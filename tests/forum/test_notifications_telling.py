"""Who is told of what: followers, audiences, levels; and who is not."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audiences import Audience, may_read, readers
from forum import actions
from forum.models import (
    Category,
    CategorySubscription,
    Notification,
    NotificationPreferences,
    TopicSubscription,
)
from forum.models.decisions import Outcome
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.notifications import notify
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

PEOPLE = {
    "account": UserFactory,
    "member": MemberFactory,
    "editor": EditorFactory,
    "moderator": ModeratorFactory,
    "administrator": AdministratorFactory,
}


def seen(user):
    """The kinds of the lines that somebody sees in the inbox, the newest first."""
    return list(Notification.objects.visible_to(user).rows().values_list("kind", flat=True))


@pytest.mark.parametrize("audience", Audience)
def test_the_filter_of_readers_says_what_the_check_says(audience):
    people = [factory() for factory in PEOPLE.values()]
    people += [MemberFactory(is_active=False), AdministratorFactory(is_active=False)]
    kept = set(readers(get_user_model().objects.all(), audience))
    # An account that is closed logs in nowhere and is told nothing, not even what is public.
    expected = {one for one in people if one.is_active and may_read(one, {audience})}
    assert kept == expected


@pytest.mark.parametrize("level", [*Level, None])
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("person", PEOPLE)
def test_who_is_told_of_a_reply(done, answer, person, audience, level):
    category = CategoryFactory(audience=audience)
    topic = make_topic(category, EditorFactory())
    reader = PEOPLE[person]()
    if level:
        TopicSubscription.objects.create(user=reader, topic=topic, level=level)
    done(lambda: answer(EditorFactory(), topic))
    is_told = level in {Level.WATCH, Level.TRACK} and may_read(reader, {audience})
    assert seen(reader) == ([Kind.REPLY] if is_told else [])
    assert Notification.objects.filter(user=reader).exists() is is_told


@pytest.mark.parametrize("category_level", [*Level, None])
@pytest.mark.parametrize("audience", Audience)
def test_who_is_told_of_a_new_topic(done, start, audience, category_level):
    category = CategoryFactory(audience=audience)
    people = [factory() for factory in PEOPLE.values()]
    if category_level:
        for one in people:
            CategorySubscription.objects.create(user=one, category=category, level=category_level)
    done(lambda: start(EditorFactory(), category))
    for one in people:
        is_told = category_level in {Level.WATCH, Level.TRACK} and may_read(one, {audience})
        assert seen(one) == ([Kind.TOPIC] if is_told else [])


def test_a_watched_topic_in_a_muted_category_is_told_of(done, member, answer):
    topic = make_topic()
    actions.follow_category(user=member, category=topic.category, level=Level.MUTE)
    actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
    done(lambda: answer(MemberFactory(), topic))
    assert seen(member) == [Kind.REPLY]


def test_authors_are_not_told_of_their_own_posts(done, member, category, start, answer):
    actions.follow_category(user=member, category=category, level=Level.WATCH)
    topic = done(lambda: start(member, category))
    done(lambda: answer(member, topic))
    assert seen(member) == []


class TestWhen:
    @pytest.fixture
    def strict(self, member):
        """A topic where first posts wait, watched by a member."""
        topic = make_topic(CategoryFactory(premoderated_posts=2))
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        return topic

    def test_a_waiting_post_tells_nobody_until_it_is_published(
        self, done, member, moderator, strict, answer
    ):
        post = done(lambda: answer(MemberFactory(), strict))
        assert not Notification.objects.exists()
        done(lambda: actions.publish_post(post=post, moderator=moderator, version=1))
        assert seen(member) == [Kind.REPLY]

    def test_a_rejected_post_tells_nobody(self, done, moderator, strict, answer, mailoutbox):
        post = done(lambda: answer(MemberFactory(), strict))
        done(
            lambda: actions.reject_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        )
        assert seen(post.author) == [Kind.DECISION]
        assert Notification.objects.count() == 1
        assert [mail.to for mail in mailoutbox] == [[post.author.email]]

    @pytest.mark.parametrize("by_appeal", [False, True])
    def test_one_turned_down_at_first_tells_once_it_is_published(
        self, done, member, moderator, strict, answer, by_appeal
    ):
        asker = strict.author
        post = done(lambda: answer(MemberFactory(), strict, source=f"Ask @[x](member:{asker.pk})"))
        reasons = {"moderator": moderator, "reason": "No", "grounds": a_rule()}
        done(lambda: actions.reject_post(post=post, version=1, **reasons))
        if by_appeal:
            appeal = actions.file_appeal(
                decision=post.decisions.get(), member=post.author, text="Look again"
            )
            other = {"moderator": ModeratorFactory(), "answer": "So it is"}
            done(lambda: actions.decide_appeal(appeal=appeal, outcome=Outcome.OVERTURNED, **other))
        else:
            done(lambda: actions.restore_post(post=post, moderator=moderator, version=2))
        assert (seen(member), seen(asker)) == ([Kind.REPLY], [Kind.MENTION])
        actions.mark_read(user=member, topic=strict)
        post.refresh_from_db()
        done(lambda: actions.hide_post(post=post, version=3, **reasons))
        done(lambda: actions.restore_post(post=post, moderator=moderator, version=4))
        assert (seen(member), seen(asker)) == ([Kind.REPLY], [Kind.MENTION])

    def test_a_post_hidden_before_anybody_was_told_tells_nobody(
        self, django_capture_on_commit_callbacks, member, moderator, answer
    ):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        with django_capture_on_commit_callbacks(execute=True):
            post = answer(MemberFactory(), topic)
            actions.hide_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        assert seen(member) == []

    def test_a_hidden_post_takes_its_line_along_and_brings_it_back_once(
        self, done, member, moderator, answer
    ):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        post = done(lambda: answer(MemberFactory(), topic))
        done(
            lambda: actions.hide_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        )
        assert (seen(member), Notification.objects.unread_count(member)) == ([], 0)
        done(lambda: actions.restore_post(post=post, moderator=moderator, version=2))
        assert seen(member) == [Kind.REPLY]

    def test_the_next_reply_keeps_the_line_when_the_first_is_hidden(
        self, done, member, moderator, answer
    ):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        first = done(lambda: answer(MemberFactory(), topic))
        second = done(lambda: answer(MemberFactory(), topic))
        actions.hide_post(post=first, moderator=moderator, version=1, reason="No", grounds=a_rule())
        assert Notification.objects.visible_to(member).get().shown_post == second.pk

    def test_one_line_for_a_topic_until_it_is_read(self, done, member, answer):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        for _attempt in range(3):
            done(lambda: answer(MemberFactory(), topic))
        assert seen(member) == [Kind.REPLY]
        actions.mark_read(user=member, topic=topic)
        done(lambda: answer(MemberFactory(), topic))
        assert seen(member) == [Kind.REPLY, Kind.REPLY]

    def test_a_category_turned_members_only_takes_the_lines_of_others_away(self, done, answer):
        topic = make_topic()
        account, member = UserFactory(), MemberFactory()
        for one in (account, member):
            TopicSubscription.objects.create(user=one, topic=topic, level=Level.WATCH)
        done(lambda: answer(MemberFactory(), topic))
        assert seen(account) == seen(member) == [Kind.REPLY]
        Category.objects.update(audience=Audience.MEMBERS)
        assert (seen(account), Notification.objects.unread_count(account)) == ([], 0)
        assert seen(member) == [Kind.REPLY]

    def test_an_import_tells_nobody(self, done, member):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        done(lambda: make_reply(topic))
        assert not Notification.objects.exists()

    def test_who_was_mentioned_in_a_post_is_not_told_of_it_twice(self, done, member, answer):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)

        def act():
            post = answer(MemberFactory(), topic)
            notify(
                recipients=[member.pk], kind=Kind.MENTION, topic=topic, post=post, actor=post.author
            )

        done(act)
        assert seen(member) == [Kind.MENTION]


class TestNotify:
    def test_who_muted_a_topic_hears_nothing_of_what_happens_in_it(self, member):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.MUTE)
        notify(recipients=[member.pk], kind=Kind.MENTION, topic=topic, post=topic.posts.get())
        assert seen(member) == []
        notify(recipients=[member.pk], kind=Kind.ACCEPTED, topic=topic, post=topic.posts.get())
        assert seen(member) == [Kind.ACCEPTED]

    def test_lines_about_oneself_stay_when_the_topic_is_gone(self, member, moderator):
        topic = make_topic()
        for kind in (Kind.DECISION, Kind.APPEAL, Kind.REPORT, Kind.ACCEPTED, Kind.STALE):
            notify(recipients=[member.pk], kind=kind, topic=topic, actor=moderator)
        in_state(topic.posts.get(), State.HIDDEN)
        assert seen(member) == [Kind.REPORT, Kind.APPEAL, Kind.DECISION]


def test_posting_costs_the_same_however_many_watch(answer):
    """The request inserts one task; the rest is done behind it."""

    def cost(topic):
        author = MemberFactory()
        with CaptureQueriesContext(connection) as captured:
            answer(author, topic)
        return len(captured)

    quiet, loud = make_topic(), make_topic()
    watchers = [MemberFactory() for _ in range(30)]
    TopicSubscription.objects.bulk_create(
        TopicSubscription(user=one, topic=loud, level=Level.WATCH) for one in watchers
    )
    assert cost(quiet) == cost(loud)


def test_telling_is_one_statement(answer):
    from forum.notifications.telling import tell_followers

    topic = make_topic()
    for one in [MemberFactory() for _ in range(10)]:
        actions.follow_topic(user=one, topic=topic, level=Level.WATCH)
    post = answer(MemberFactory(), topic)
    with CaptureQueriesContext(connection) as captured:
        tell_followers(post)
    assert len(captured) == 1
    assert Notification.objects.count() == 10


class TestErasure:
    def test_an_erased_account_takes_its_rows_along(self, done, member, category, answer):
        topic = make_topic(category)
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        actions.follow_category(user=member, category=category, level=Level.WATCH)
        actions.set_preferences(user=member, frequency="daily", watches_own=True)
        done(lambda: answer(MemberFactory(), topic))
        member.delete()
        left = Notification, CategorySubscription, NotificationPreferences
        assert [model.objects.count() for model in left] == [0, 0, 0]

    def test_a_post_of_an_erased_author_is_by_a_former_member(
        self, done, client_for, member, answer
    ):
        topic, author = make_topic(), MemberFactory(name="Gone with the wind")
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        done(lambda: answer(author, topic))
        author.delete()
        text = client_for(member).get("/en/forum/inbox/").content.decode()
        assert "Former member" in text
        assert "Gone with the wind" not in text
