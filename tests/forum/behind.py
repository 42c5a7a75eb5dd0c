"""What moderation leaves behind a topic, with a word of its own in each text: for the canary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum.models import Post, Topic
from forum.models.decisions import Outcome
from forum.models.penalties import PenaltyKind
from forum.models.reports import Reason
from tests.factories.forum import a_rule, make_reply
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.uploads import paper

WORDS = {
    "report": "quodreportium",
    "report_answer": "quodanswerium",
    "notice": "quodnoticium",
    "notice_name": "quodnotarium",
    "notice_address": "quodaddressium",
    "facts": "quodfactium",
    "former_text": "quodtextium",
    "corrected": "quodcorrectium",
    "appeal": "quodappellium",
    "appeal_answer": "quodreplium",
    "penalty": "quodpenaltium",
    "topic_note": "quodmarginium",
    "described": "quodaltium",
    "confidential": "quodtermium",
}


@dataclass(frozen=True)
class Behind:
    """Addresses by what strangers find there."""

    # The subject's, the moderators' and nobody else's.
    closed: list[str]
    # For whoever knows them, and without a word of what was written.
    by_reference: list[str]


def put_cases(topic: Topic) -> Behind:
    """Report, hide, appeal, penalise and note down, so that the topic looks as before."""
    first, second = ModeratorFactory(), ModeratorFactory()
    author, reporter = MemberFactory(), MemberFactory()
    # A moderator's answers reach the people concerned; nobody else is told.
    report = actions.report_post(
        post=topic.posts.get(number=2),
        reporter=reporter,
        reason=Reason.CONFIDENTIAL,
        explanation=WORDS["report"],
        language="en",
    )
    actions.dismiss_reports(post=report.post, moderator=first, answer=WORDS["report_answer"])
    notice = actions.give_notice(
        explanation=WORDS["notice"],
        address=f"https://example.org/{WORDS['notice_address']}",
        name=WORDS["notice_name"],
        email=f"{WORDS['notice_name']}@example.org",
        good_faith=True,
        language="en",
    )
    post = _corrected(topic, author, first)
    actions.hide_post(
        post=post,
        moderator=first,
        version=post.version,
        reason=f"linen {WORDS['facts']}",
        grounds=a_rule(),
    )
    decision = post.decisions.first()
    appeal = actions.file_appeal(decision=decision, member=author, text=WORDS["appeal"])
    actions.decide_appeal(
        appeal=appeal, moderator=second, outcome=Outcome.UPHELD, answer=WORDS["appeal_answer"]
    )
    penalty = actions.penalise(
        post=post,
        moderator=first,
        kind=PenaltyKind.SUSPEND,
        reason=WORDS["penalty"],
        until=timezone.now() + timedelta(days=7),
        grounds=a_rule(),
    )
    for locked in (True, False):
        actions.set_locked(topic=topic, moderator=first, locked=locked, reason=WORDS["topic_note"])
    actions.keep_preferences(user=author, may_be_mentioned=False, terms=[WORDS["confidential"]])
    return Behind(
        closed=[
            decision.get_absolute_url(),
            penalty.decision.get_absolute_url(),
            *(reverse(f"forum:{name}", args=[post.pk]) for name in ("post", "history", "edit")),
            *(file.url for file in post.attachments.all()),
            *(
                reverse(f"forum_moderation:{name}", args=[pk])
                for name, pk in (
                    ("post", post.pk),
                    ("topic", topic.pk),
                    ("appeal", appeal.pk),
                    ("notice", notice.pk),
                )
            ),
        ],
        by_reference=[
            reverse("forum:report_status", args=[one.reference]) for one in (report, notice)
        ],
    )


def _corrected(topic: Topic, author: Any, moderator: Any) -> Post:
    """A post with a described file and a word that a moderator took out."""
    key = uuid4()
    file = actions.attach(owner=author, key=key, upload=paper(name=f"{WORDS['described']}.pdf"))
    actions.describe(owner=author, key=key, texts={file.pk: (WORDS["described"], False)})
    post = make_reply(topic, author, source=f"linen {WORDS['former_text']}", key=key)
    actions.correct_post(
        post=post,
        moderator=moderator,
        version=post.version,
        source=f"linen {WORDS['corrected']}",
        reason=WORDS["facts"],
        grounds=a_rule(),
    )
    return Post.objects.select_related("topic__category").get(pk=post.pk)
