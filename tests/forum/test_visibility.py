"""Who sees what: every state in every audience, for every reader, at every address."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.urls import reverse

from core.audiences import Audience
from forum import actions
from forum.models import Post
from forum.states import State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

CANARY = "Xylotheque"
READS = {
    "visitor": {Audience.PUBLIC},
    "account": {Audience.PUBLIC},
    "member": {Audience.PUBLIC, Audience.MEMBERS},
    "author": set(Audience),
    "editor": set(Audience),
    "moderator": set(Audience),
}
OWN = {State.PENDING, State.REJECTED, State.HIDDEN}
DELETABLE = {State.PUBLISHED, State.PENDING, State.REJECTED}


def readers(author):
    return {
        "visitor": None,
        "account": UserFactory(),
        "member": MemberFactory(),
        "author": author,
        "editor": EditorFactory(),
        "moderator": ModeratorFactory(),
    }


@pytest.fixture
def world():
    """A post with the canary in it: `world(audience, state, is_opening)` -> (post, author)."""

    def make(audience, state, is_opening):
        author = EditorFactory()
        category = CategoryFactory(audience=audience)
        if is_opening:
            topic = make_topic(category, author, title=CANARY, source=f"About {CANARY}")
            post = topic.posts.get()
        else:
            topic = make_topic(category, EditorFactory())
            post = make_reply(topic, author, source=f"About {CANARY}")
        return in_state(post, state), author

    return make


def addresses(post):
    """{name: address} of everything that can be read about a post."""
    topic, slug = post.topic, post.topic.category.slug
    return {
        "index": reverse("forum:index"),
        "category": reverse("forum:category", args=[slug]),
        "topic": topic.get_absolute_url(),
        "permalink": post.get_absolute_url(),
        "latest": reverse("forum:latest"),
        "unanswered": reverse("forum:unanswered"),
        "unread_post": reverse("forum:unread_post", args=[topic.pk]),
        "feed": reverse("forum:feed"),
        "topic_feed": reverse("forum:topic_feed", args=[topic.pk]),
        "category_feed": reverse("forum:category_feed", args=[slug]),
        "new": f"{reverse('forum:new')}?category={slug}",
    }


@dataclass(frozen=True)
class Case:
    """A post in a state, with a word of its own."""

    post: Post
    state: State
    word: str

    def is_shown(self, role):
        """Whether the post is, for who reads its category."""
        return self.state == State.PUBLISHED or (role == "author" and self.state in OWN)

    def topic_is_shown(self, role):
        return self.is_shown(role) if self.post.is_opening else True


def cases(category, author):
    """Posts in every state, as the first of a topic and as a reply."""
    found = []
    for number, state in enumerate(State):
        opening, reply = f"{CANARY}{number}first", f"{CANARY}{number}reply"
        topic = make_topic(category, author, title=opening, source=f"About {opening}")
        found.append(Case(in_state(topic.posts.get(), state), state, opening))
        topic = make_topic(category, EditorFactory())
        post = make_reply(topic, author, source=f"About {reply}")
        found.append(Case(in_state(post, state), state, reply))
    return found


OF_THE_POST = ("topic", "permalink", "unread_post", "topic_feed")


@pytest.mark.parametrize("audience", Audience)
def test_every_reader_at_every_address(client_for, audience):
    author, category = EditorFactory(), CategoryFactory(audience=audience)
    everything = cases(category, author)
    for role, user in readers(author).items():
        client, reads = client_for(user), audience in READS[role]
        for name, address in addresses(everything[0].post).items():
            if name not in OF_THE_POST:
                assert_list(client.get(address), name, role, audience, everything)
        for case in everything:
            assert_post(client, case, role, audience)
            if user is not None:
                deletes = role == "author" and case.state in DELETABLE
                address = reverse("forum:delete", args=[case.post.pk])
                assert client.get(address).status_code == (200 if deletes else 404), role
        assert client.get(category.get_absolute_url()).status_code == (200 if reads else 404)


def assert_list(response, name, role, audience, everything):
    """A page about more than one post names none that this reader may not see."""
    text, where = response.content.decode(), f"{role} at {name}"
    for case in everything:
        if name in {"feed", "category_feed"}:
            # Feed readers have no session: what is not public is in no feed, for nobody.
            may_show = audience == Audience.PUBLIC and case.state == State.PUBLISHED
        else:
            may_show = audience in READS[role] and case.is_shown(role)
        if not may_show:
            assert case.word not in text, f"{where}: {case.state}"
    if name == "category_feed":
        assert response.status_code == (200 if audience == Audience.PUBLIC else 404), where


def assert_post(client, case, role, audience):
    """What one post has of its own."""
    reads = audience in READS[role]
    known = addresses(case.post)
    for name in OF_THE_POST:
        response = client.get(known[name], follow=name == "permalink")
        text, where = response.content.decode(), f"{role} at {name}: {case.state}"
        may_show = reads and case.is_shown(role)
        expected = 200 if reads and case.topic_is_shown(role) else 404
        if name == "topic_feed":
            is_public = audience == Audience.PUBLIC and case.post.topic.state == State.PUBLISHED
            may_show, expected = (
                is_public and case.state == State.PUBLISHED,
                200 if is_public else 404,
            )
        elif name == "unread_post":
            expected = 302 if expected == 200 else 404
        elif name == "permalink":
            expected = 200 if may_show else 404
        assert response.status_code == expected, where
        if not may_show:
            assert case.word not in text, where
        elif name in {"topic", "permalink"}:
            assert case.word in text, where


@pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.DELETED])
def test_what_was_never_public_changes_no_page(client_for, moderator, state):
    """To the byte: no count, no gap in the numbers, no page more."""
    category = CategoryFactory(premoderated_posts=100)
    topic = make_topic(category)
    for _number in range(19):
        make_reply(topic)
    sample = topic.posts.first()
    clients = {"visitor": client_for(), "member": client_for(MemberFactory())}

    def pages():
        texts = {}
        for role, client in clients.items():
            for name, address in addresses(sample).items():
                text = client.get(address, follow=True).content.decode()
                text = re.sub(r'name="(csrfmiddlewaretoken|key|stamp)" value="[^"]*"', "", text)
                texts[role, name] = text
        return texts

    # Once before: reading moves the member's marks.
    pages()
    before = pages()
    for attempt in range(2):
        author = MemberFactory()
        values = {"source": CANARY, "language": "en", "key": uuid4()}
        if attempt:
            post = actions.reply(author=author, topic=topic, **values)
        else:
            new = actions.start_topic(author=author, category=category, title=CANARY, **values)
            post = new.posts.get()
        if state == State.REJECTED:
            actions.reject_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )
        if state == State.DELETED:
            actions.delete_own(post=post, author=author, version=1)
    assert Post.objects.filter(state=state).count() == 2
    assert pages() == before


def test_the_author_is_told_what_happened_and_why(client_for, member, moderator):
    topic = make_topic(CategoryFactory(premoderated_posts=2))
    post = actions.reply(
        author=member, topic=topic, source="Buy my looms", language="en", key=uuid4()
    )
    client = client_for(member)
    assert "Waiting for a moderator" in client.get(topic.get_absolute_url()).content.decode()
    actions.reject_post(
        post=post, moderator=moderator, version=1, reason="This is advertising.", grounds=a_rule()
    )
    text = client.get(topic.get_absolute_url()).content.decode()
    assert "Buy my looms" in text
    assert "Not published" in text
    assert "This is advertising." in text
    assert moderator.name not in text
    own = actions.reply(
        author=MemberFactory(), topic=topic, source="Else", language="en", key=uuid4()
    )
    assert own.state == State.PENDING


def test_own_waiting_topics_stand_in_the_list(client_for, member, start, strict_category):
    topic = start(member, strict_category, title=CANARY)
    address = strict_category.get_absolute_url()
    assert CANARY in client_for(member).get(address).content.decode()
    assert CANARY not in client_for(MemberFactory()).get(address).content.decode()
    assert client_for(MemberFactory()).get(topic.get_absolute_url()).status_code == 404


def test_replies_of_a_hidden_topic_are_gone_for_their_authors_too(client_for, member, moderator):
    topic = make_topic()
    reply = make_reply(topic, member, source=CANARY)
    opening = topic.posts.get(is_opening=True)
    actions.hide_post(
        post=opening, moderator=moderator, version=1, reason="Illegal", grounds=a_rule()
    )
    assert client_for(member).get(reply.get_absolute_url()).status_code == 404
    author = client_for(topic.author).get(topic.get_absolute_url())
    assert author.status_code == 200
    assert CANARY not in author.content.decode()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("visitor", 302),
        ("account", 302),
        ("member", 302),
        ("author", 404),
        ("editor", 404),
        ("moderator", 200),
    ],
)
@pytest.mark.usefixtures("_no_second_factor")
def test_the_moderators_side_is_theirs(client_for, world, role, expected):
    """Who may not enter the admin at all is sent to the log-in by Wagtail; editors find nothing."""
    post, author = world(Audience.PUBLIC, State.PENDING, False)
    client = client_for(readers(author)[role])
    for address in (
        reverse("forum_moderation:queue"),
        reverse("forum_moderation:post", args=[post.pk]),
    ):
        response = client.get(address, follow=expected == 404)
        assert response.status_code == expected
        assert (CANARY in response.content.decode()) is (expected == 200)
    response = client.post(
        reverse("forum_moderation:decide", args=[post.pk, "publish"]),
        {"version": post.version},
        follow=expected == 404,
    )
    assert response.status_code == (302 if expected == 200 else expected)
    post.refresh_from_db()
    assert post.state == (State.PUBLISHED if role == "moderator" else State.PENDING)
