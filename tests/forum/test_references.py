"""Mentions and quotes: resolved when stored, named when shown."""

import pytest

from core.audiences import Audience
from forum import actions, errors
from forum.models import Mention, MentionConsent, Notification, Post
from forum.models.notifications import Kind
from forum.references import quotation, resolve, shown, typed
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return MemberFactory(name="Anna Silva (sample)")


@pytest.fixture
def topic(anna):
    topic = make_topic()
    make_reply(topic, anna)
    return topic


def told(user):
    return Notification.objects.filter(user=user, kind=Kind.MENTION).count()


class TestWhoIsMeant:
    @pytest.mark.parametrize("label", ["Anna Silva (sample)", "anna silva (SAMPLE)"])
    def test_by_name(self, topic, anna, label):
        resolved = resolve(f"Ask @[{label}], please", topic=topic)
        assert resolved.source == f"Ask @[](member:{anna.pk}), please"
        assert resolved.members == {anna.pk}

    def test_by_number_whatever_the_name(self, topic, anna):
        assert resolve(f"@[x](member:{anna.pk})", topic=topic).members == {anna.pk}

    def test_not_by_a_name_that_two_bear(self, topic, anna):
        make_reply(topic, MemberFactory(name=anna.name))
        assert resolve(f"@[{anna.name}]", topic=topic).source == f"@[{anna.name}]"

    @pytest.mark.parametrize("kind", ["member", "post"])
    def test_unknown_numbers_stay_text(self, topic, kind):
        assert resolve(f"@[x]({kind}:999999)", topic=topic).source == "@[x]"

    def test_who_did_not_write_here_is_not_offered(self, topic):
        stranger = MemberFactory()
        text = f"@[x](member:{stranger.pk}) @[{stranger.name}]"
        assert not resolve(text, topic=topic).members
        MentionConsent.objects.create(user=stranger)
        assert resolve(text, topic=topic).members == {stranger.pk}
        assert resolve(text, topic=None).members == {stranger.pk}

    def test_whose_post_waits_did_not_write_here(self, topic):
        newcomer = MemberFactory()
        in_state(make_reply(topic, newcomer), State.PENDING)
        assert not resolve(f"@[x](member:{newcomer.pk})", topic=topic).members

    def test_no_account_that_is_no_members(self, topic):
        account = UserFactory()
        MentionConsent.objects.create(user=account)
        assert not resolve(f"@[x](member:{account.pk})", topic=topic).members

    def test_quoted_lines_address_nobody(self, topic, anna):
        resolved = resolve(f"> @[x](member:{anna.pk})\n\nYes.", topic=topic)
        assert resolved.source.startswith(f"> @[](member:{anna.pk})")
        assert not resolved.members

    def test_what_stood_there_stays(self, topic, anna):
        before = f"@[](member:{anna.pk})"
        assert resolve(f"@[x](member:{anna.pk}) more", topic=None, before=before).members


class TestQuotes:
    def test_only_published_posts_of_the_same_topic(self, topic):
        other = make_reply(make_topic())
        waiting = in_state(make_reply(topic), State.PENDING)
        good = make_reply(topic)
        for post, is_kept in ((other, False), (waiting, False), (good, True)):
            text = resolve(f"> @[x](post:{post.pk}):", topic=topic).source
            assert (f"(post:{post.pk})" in text) is is_kept

    def test_quotation_names_links_and_quotes(self, topic, anna):
        post = make_reply(topic, anna, source="> older\n\nOne\n\nTwo")
        text = quotation(post)
        assert text.splitlines() == [
            f"> @[{anna.name}](post:{post.pk}):",
            ">",
            "> One",
            ">",
            "> Two",
            "",
        ]
        answer = make_reply(topic, source=f"{text}Agreed.")
        html = shown([answer.html])[0]
        assert f'<a href="/en/forum/post/{post.pk}/">{anna.name}</a>:' in html
        assert "<blockquote>" in html

    def test_a_removed_post_is_not_named(self, topic, anna):
        post = make_reply(topic, anna, source="One")
        answer = make_reply(topic, source=quotation(post) + "Yes")
        in_state(post, State.HIDDEN)
        assert anna.name not in shown([answer.html])[0]
        assert "a post that is no longer here" in shown([answer.html])[0]


class TestErasure:
    def test_names_follow(self, topic, anna):
        post = make_reply(topic, anna, source="One")
        answer = make_reply(topic, source=f"{quotation(post)}Right, @[{anna.name}]!")
        assert anna.name not in answer.source + answer.html
        assert shown([answer.html])[0].count(anna.name) == 2
        assert typed(answer.source).count(anna.name) == 2
        anna.name = "Ana <b>New</b> (sample)"
        anna.save()
        assert shown([answer.html])[0].count("Ana &lt;b&gt;New&lt;/b&gt;") == 2
        anna.delete()
        answer.refresh_from_db()
        assert shown([answer.html])[0].count("Former member") == 2
        assert "Ana" not in typed(answer.source)

    def test_one_query_for_a_page(self, topic, anna, django_assert_num_queries):
        post = make_reply(topic, anna, source="One")
        html = make_reply(topic, source=f"{quotation(post)}Right, @[{anna.name}]!").html
        with django_assert_num_queries(1):
            shown([html] * 20)
        with django_assert_num_queries(0):
            shown(["<p>Nobody</p>"])


class TestTelling:
    def test_with_the_publication(self, topic, anna, member, moderator):
        topic.category.premoderated_posts = 1
        topic.category.save()
        post = make_reply(topic, member, source=f"@[{anna.name}], do you?", trusted=False)
        assert post.state == State.PENDING
        assert told(anna) == 0
        actions.publish_post(post=post, moderator=moderator, version=1)
        assert told(anna) == 1

    def test_an_edit_tells_the_new_ones(self, topic, anna, member):
        post = make_reply(topic, member, source=f"@[{anna.name}]: do you?")
        Notification.objects.all().delete()
        other = topic.posts.get(is_opening=True).author
        source = f"@[{anna.name}] and @[{other.name}]: do you?"
        actions.edit_post(post=post, editor=member, source=source, language="en", version=1)
        assert (told(anna), told(other)) == (0, 1)

    def test_not_oneself(self, topic, anna):
        make_reply(topic, anna, source=f"I, @[{anna.name}], do.")
        assert told(anna) == 0

    def test_only_who_may_read_the_topic(self, moderator):
        consenting = MemberFactory()
        MentionConsent.objects.create(user=consenting)
        text = f"What of @[x](member:{consenting.pk})?"
        make_topic(CategoryFactory(audience=Audience.STAFF), moderator, source=text)
        assert told(consenting) == 0
        make_topic(author=moderator, source=text)
        assert told(consenting) == 1


class TestCaps:
    @pytest.fixture
    def people(self):
        made = [MemberFactory() for _number in range(12)]
        MentionConsent.objects.bulk_create([MentionConsent(user=one) for one in made])
        return made

    @staticmethod
    def naming(people):
        return "Hello " + " ".join(f"@[x](member:{one.pk})" for one in people)

    def test_ten_in_a_post(self, member, topic, answer, people):
        with pytest.raises(errors.TooManyMentions):
            answer(member, topic, source=self.naming(people[:11]))
        post = answer(member, topic, source=self.naming(people[:10]))
        assert Mention.objects.filter(post=post).count() == 10

    def test_an_edit_cannot_go_round(self, member, topic, answer, people):
        post = answer(member, topic, source=self.naming(people[:8]))
        with pytest.raises(errors.TooManyMentions):
            actions.edit_post(
                post=post,
                editor=member,
                source=self.naming(people[8:]),
                language="en",
                version=1,
            )

    @pytest.mark.usefixtures("_no_distance")
    def test_a_day(self, member, topic, answer, people, settings):
        settings.FORUM_LIMITS = settings.FORUM_LIMITS | {"mentions_per_day": 3}
        post = answer(member, topic, source=self.naming(people[:2]))
        with pytest.raises(errors.TooManyMentionsToday):
            answer(member, topic, source=self.naming(people[2:4]))
        assert Post.objects.filter(author=member).count() == 1
        actions.edit_post(
            post=post,
            editor=member,
            source=self.naming(people[:2]) + " again",
            language="en",
            version=1,
        )
