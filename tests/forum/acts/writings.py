"""What is written and not sent yet, what becomes of a thread, and the forum as a whole."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from forum import actions, errors
from forum.models import Attachment, Category, Draft, ModeratorScope, Proposal, Rule
from forum.models.practices import Consent, Naming
from forum.states import State
from tests.factories.forum import in_state, make_reply, make_topic
from tests.forum.acts.trying import Thing, Try
from tests.forum.acts.world import World, new_key, text
from tests.uploads import paper


def make_file(world: World, state: str) -> Attachment:
    """The author's PDF, of a post in that state or of none yet."""
    author, key = world.people["author"], new_key()
    file = actions.attach(owner=author, key=key, upload=paper())
    if state != "unsent":
        post = make_reply(make_topic(world.category), author, source=text(), key=key)
        in_state(post, State(state))
    file.refresh_from_db()
    return file


def describe(_world: World, file: Attachment, who: Any) -> None:
    """The action passes over what is not its caller's."""
    texts = {file.pk: ("A loom", False)}
    actions.describe(owner=who, key=file.submission_key, texts=texts)
    if not Attachment.objects.filter(pk=file.pk, alt="A loom").exists():
        raise errors.NotAllowed


def detach(_world: World, file: Attachment, who: Any) -> None:
    actions.detach(owner=who, key=file.submission_key, pk=file.pk)
    if Attachment.objects.filter(pk=file.pk).exists():
        raise errors.NotAllowed


def writing(**data: Any) -> Any:
    """The form of a new topic, with what concerns a file."""
    return lambda _world, file: (
        reverse("forum:new"),
        {"key": str(file.submission_key)}
        | {name.replace("pk", str(file.pk)): value for name, value in data.items()},
    )


FILE = Thing(
    states=("unsent", *State.values),
    make=make_file,
    acts={
        "read": Try(lambda _world, file: (file.url, None)),
        "describe": Try(writing(attach="1", **{"alt-pk": "A loom"}), describe),
        "detach": Try(
            lambda _world, file: (
                reverse("forum:new"),
                {"key": str(file.submission_key), "detach": str(file.pk)},
            ),
            detach,
        ),
    },
)


def make_draft(world: World, state: str) -> Draft:
    """The author's."""
    topic = world.topic if state == "reply" else None
    draft = actions.save_draft(
        owner=world.people["author"], key=new_key(), source=text(), language="en", topic=topic
    )
    assert draft is not None
    return draft


DRAFT = Thing(
    states=("topic", "reply"),
    make=make_draft,
    acts={
        "discard_draft": Try(
            lambda _world, draft: (reverse("forum:discard_draft", args=[draft.pk]), {}),
            lambda _world, draft, who: actions.discard_draft(draft=draft, owner=who),
        ),
    },
)


def make_proposal(world: World, state: str) -> Proposal:
    """An editor asks the author about a reply, who says what the state says."""
    editor, author = world.people["administrator"], world.people["author"]
    topic = make_topic(world.category)
    post = make_reply(topic, author, source=text())
    proposal = actions.ask_consent(topic=topic, editor=editor, posts=[post])
    if state == Consent.ASKED:
        return proposal
    agreed = [] if state == Consent.DECLINED else [post.pk]
    actions.answer_consent(proposal=proposal, author=author, agreed=agreed, naming=Naming.NAME)
    if state in {"drafted", "published"}:
        page = actions.make_practice(proposal=proposal, editor=editor, title="Wool", language="en")
        if state == "published":
            page.get_latest_revision().publish()
    return Proposal.objects.select_related("topic__category", "page").get(pk=proposal.pk)


def of_topic(name: str, **data: Any) -> Any:
    return lambda _world, proposal: (reverse(f"forum:{name}", args=[proposal.topic_id]), data)


PROPOSAL = Thing(
    states=(*Consent.values, "drafted", "published"),
    make=make_proposal,
    acts={
        "read_consent": Try(
            lambda _world, proposal: (reverse("forum:consent", args=[proposal.topic_id]), None)
        ),
        "ask_consent": Try(
            of_topic("practice_posts", posts="1"),
            lambda _world, proposal, who: actions.ask_consent(
                topic=proposal.topic,
                editor=who,
                posts=proposal.topic.posts.filter(is_opening=False),
            ),
        ),
        "answer_consent": Try(
            of_topic("consent", naming="name"),
            lambda _world, proposal, who: actions.answer_consent(
                proposal=proposal, author=who, agreed=[], naming=Naming.NAME
            ),
        ),
        "make_practice": Try(
            of_topic("practice", title="Wool", language="en"),
            lambda _world, proposal, who: actions.make_practice(
                proposal=proposal, editor=who, title="Wool", language="en"
            ),
        ),
        "drop_proposal": Try(
            of_topic("practice_drop"),
            lambda _world, proposal, who: actions.drop_proposal(proposal=proposal, editor=who),
        ),
    },
)


def page(name: str, *args: Any) -> Try:
    """Looking at a page of the whole forum."""
    return Try(lambda _world, _thing: (reverse(name, args=args), None))


def snippet(model: Any) -> Try:
    """The admin's form for one of these."""
    return Try(
        lambda _world, _thing: (
            reverse(model.snippet_viewset.get_url_name("edit"), args=[model.objects.first().pk]),
            None,
        )
    )


FORUM = Thing(
    states=("open",),
    make=lambda _world, _state: None,
    acts={
        "attach": Try(
            lambda _world, _thing: (reverse("forum:new"), {"attach": "1", "files": paper()}),
            lambda _world, _thing, who: actions.attach(owner=who, key=new_key(), upload=paper()),
        ),
        "save_draft": Try(
            lambda _world, _thing: (
                reverse("forum:save_draft"),
                {"key": str(new_key()), "source": text(), "language": "en"},
            ),
            lambda _world, _thing, who: actions.save_draft(
                owner=who, key=new_key(), source=text(), language="en"
            ),
        ),
        "assign_moderators": Try(
            snippet(ModeratorScope).page,
            lambda world, _thing, who: actions.assign_moderators(
                category=world.second, moderators=[], administrator=who
            ),
        ),
        "give a notice": page("forum:notice"),
        "read the rules": page("forum:rules"),
        "read the transparency report": page("forum:transparency"),
        "read own cases": page("forum:cases"),
        "read the queue": page("forum_moderation:queue"),
        "read the decisions": page("forum_decisions"),
        "change a rule": snippet(Rule),
        "change a category": snippet(Category),
    },
)
