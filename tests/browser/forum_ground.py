"""A forum with content in every state, for the test that opens all of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum.lists import LISTS
from forum.models import Category, Decision, Draft, Post, Topic
from forum.models.decisions import Outcome
from forum.models.following import Level, MailStop
from forum.models.penalties import PenaltyKind
from forum.models.reactions import ReactionKind
from forum.models.reports import Reason
from forum.notifications.contesting import contest_path
from forum.notifications.tokens import Wish, address_of
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.directory import give_role, make_cluster, make_membership, make_organisation
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, ModeratorFactory
from tests.uploads import paper, picture

TEXT = "> Who spins?\n\nWe **do**, see [the list](https://example.org/):\n\n1. hemp\n2. flax\n\n`40 tex`"


@dataclass(frozen=True)
class Ground:
    """Who reads, and {reader: {what is shown: its address}}."""

    member: Any
    editor: Any
    addresses: dict[str, dict[str, str]]


def build(home_page: Any) -> Ground:
    """Make it. Needs no distance between posts."""
    member, editor, first = MemberFactory(), EditorFactory(), ModeratorFactory()
    _in_a_cluster(member)
    category = CategoryFactory(name="Sourcing", slug="sourcing", description="Who has what")
    practice = make_practice(make_practice_index(home_page))
    topic = make_topic(category, member, title="Who spins?", source=TEXT, page=practice)
    topic.tags.add("spinning", "flax")
    answer = make_reply(topic, first, source=TEXT)
    actions.accept_answer(post=answer, user=member)
    actions.react(post=answer, user=member, kind=ReactionKind.USEFUL)
    mine = _with_files(topic, member)
    actions.edit_post(post=mine, editor=member, source="And hemp?", language="en", version=1)
    actions.ask_consent(topic=topic, editor=editor, posts=[mine])
    long = make_topic(category, title="Which mill has time?")
    for _number in range(20):
        make_reply(long, source=TEXT)
    actions.set_pinned(topic=long, moderator=first, pinned=True)
    locked = make_topic(category, title="What did it cost?")
    actions.set_locked(topic=locked, moderator=first, locked=True, reason="It is answered.")
    CategoryFactory(name="Members’ shelf", slug="shelf", audience="members")
    strict = CategoryFactory(name="First words", slug="first", premoderated_posts=9)
    waiting = make_topic(strict, member, title="May I ask?", trusted=False)
    judged = _judge(topic, member, first, editor)
    told = _follow(member, long)
    for key in (uuid4(), uuid4()):
        actions.save_draft(owner=member, key=key, source="Half a thought", language="en")
    return Ground(
        member,
        editor,
        {
            "visitor": {
                "category": category.get_absolute_url(),
                "topic": topic.get_absolute_url(),
                "topic, second page": f"{long.get_absolute_url()}?page=2",
                "tag": reverse("forum:tag", args=["spinning"]),
                "about": reverse("forum:about", args=[practice.pk]),
                "report_status": reverse("forum:report_status", args=[judged.notice.reference]),
                "report_status, answered": reverse(
                    "forum:report_status", args=[judged.answered.reference]
                ),
                "contest": contest_path(judged.answered),
                **_named("index", "rules", "transparency", "notice"),
                **_named(*(one.name for one in LISTS if not one.is_personal)),
                **told,
            },
            "member": {
                "topic as a member": topic.get_absolute_url(),
                "own topic that waits": waiting.get_absolute_url(),
                "locked topic": locked.get_absolute_url(),
                "category as a member": category.get_absolute_url(),
                "new": f"{reverse('forum:new')}?draft={Draft.objects.first().pk}",
                "report": reverse("forum:report", args=[answer.pk]),
                "consent": reverse("forum:consent", args=[topic.pk]),
                "change_tags": reverse("forum:change_tags", args=[topic.pk]),
                **{one: reverse(f"forum:{one}", args=[mine.pk]) for one in _OWN},
                **{f"decision {place}": url for place, url in enumerate(judged.decisions)},
                "decision": judged.decisions[0],
                "following, muted": f"{reverse('forum:following')}?show=muted",
                **_named("inbox_settings", "following", "drafts", "preferences", "cases"),
                **_named(*(one.name for one in LISTS if one.is_personal)),
                # The last one: reading takes away what is new.
                **_named("inbox"),
            },
            "editor": {
                name: reverse(f"forum:{name}", args=[topic.pk])
                for name in ("practice", "practice_posts")
            },
            "administrator": {
                "queue": reverse("forum_moderation:queue"),
                "topics": reverse("forum_moderation:topics"),
                "post": _case("post", waiting.posts.get()),
                "post, reported": _case("post", mine),
                "post, hidden": _case("post", judged.hidden),
                "correct": _case("correct", answer),
                "appeal": _case("appeal", judged.appeal),
                "topic": _case("topic", topic),
                "notice": _case("notice", judged.notice),
                "forum_decisions": reverse("forum_decisions"),
                "dashboard": reverse("wagtailadmin_home"),
                **_snippets(category),
            },
        },
    )


_OWN = ("delete", "edit", "history")


def _named(*names: str) -> dict[str, str]:
    return {name: reverse(f"forum:{name}") for name in names}


def _case(name: str, one: Any) -> str:
    return reverse(f"forum_moderation:{name}", args=[one.pk])


def _in_a_cluster(member: Any) -> None:
    mill = make_organisation(name="A mill (sample)")
    make_membership(mill, make_cluster())
    give_role(mill, user=member)
    member.profile.organisation = mill.name
    member.profile.save()


def _with_files(topic: Topic, member: Any) -> Post:
    key = uuid4()
    for upload in (picture(), paper()):
        file = actions.attach(owner=member, key=key, upload=upload)
        actions.describe(owner=member, key=key, texts={file.pk: ("A red loom", False)})
    return make_reply(topic, member, source="Hemp as well?", key=key, trusted=False)


@dataclass(frozen=True)
class Judged:
    """What became of the member's posts and of notices."""

    hidden: Post
    decisions: list[str]
    appeal: Any
    notice: Any
    answered: Any


def _judge(topic: Topic, member: Any, first: Any, reporter: Any) -> Judged:
    """A hidden post whose appeal is open, one whose appeal is answered, a warning, reports."""
    posts = [make_reply(topic, member, source=f"Buy my looms, all {n}") for n in range(2)]
    for post in posts:
        actions.hide_post(
            post=post, moderator=first, version=1, reason="Advertising", grounds=a_rule()
        )
    decisions = list(Decision.objects.order_by("pk"))
    appeal, upheld = (
        actions.file_appeal(decision=decision, member=member, text="A gift.")
        for decision in decisions
    )
    actions.decide_appeal(
        appeal=upheld, moderator=ModeratorFactory(), outcome=Outcome.UPHELD, answer="It is sold."
    )
    warned = actions.penalise(
        post=posts[1],
        moderator=first,
        kind=PenaltyKind.WARN,
        reason="Twice",
        until=None,
        grounds=a_rule(),
    )
    decisions.append(warned.decision)
    for post in topic.posts.filter(author=member, is_opening=False, number__lte=3):
        actions.report_post(
            post=post, reporter=reporter, reason=Reason.SPAM, explanation="It sells.", language="en"
        )
    notice, answered = (
        actions.give_notice(
            explanation="A forbidden sign",
            address=f"https://example.org/{number}",
            name="Reader (sample)",
            email="reader@example.org",
            good_faith=True,
            language="en",
        )
        for number in range(2)
    )
    actions.settle_notice(report=answered, moderator=first, upheld=False, answer="It is allowed.")
    answered.refresh_from_db()
    addresses = [decision.get_absolute_url() for decision in decisions]
    return Judged(posts[0], addresses, appeal, notice, answered)


def _follow(member: Any, topic: Topic) -> dict[str, str]:
    """Something new in a watched topic; the addresses that its mail carries."""
    actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
    actions.follow_category(user=member, category=topic.category, level=Level.TRACK)
    actions.reply(
        author=MemberFactory(approved_at=timezone.now() - timedelta(days=30)),
        topic=topic,
        source="Core-spun.",
        language="en",
        key=uuid4(),
    )
    actions.stop_mail(user=member, why=MailStop.BOUNCE)
    return {
        "unsubscribe": _path(address_of(Wish(member.pk))),
        "unsubscribe, of a topic": _path(address_of(Wish(member.pk, topic.pk))),
    }


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def _snippets(category: Category) -> dict[str, str]:
    """The moderators' side of categories and rules."""
    rule = a_rule().rule
    return {
        "categories": reverse(Category.snippet_viewset.get_url_name("list")),
        "category, edited": reverse(
            Category.snippet_viewset.get_url_name("edit"), args=[category.pk]
        ),
        "rules": reverse(type(rule).snippet_viewset.get_url_name("list")),
        "rule, edited": reverse(type(rule).snippet_viewset.get_url_name("edit"), args=[rule.pk]),
    }
