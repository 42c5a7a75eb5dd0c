"""The corpus through every field of moderation, on the pages of members and of moderators."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from taggit.models import Tag

from forum import actions
from forum.models import Appeal, Category, Decision, Report, Rule
from forum.models.penalties import PenaltyKind
from forum.models.reports import Reason
from members.models import User
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.forum.test_xss_fields import ADDRESSES, FOREIGN, PAYLOADS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("_no_distance", "_no_second_factor"),
]

PER_ROUND = 68
HARMLESS = "wool"


class Dangers(HTMLParser):
    """How many elements and attributes of a page can run something; Wagtail's admin has its own."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found = Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in FOREIGN | {"script", "meta", "svg", "form", "input", "img", "video", "audio"}:
            self.found[tag] += 1
        for name, value in attrs:
            if name.startswith(("on", "hx-on", "data-hx", "style")):
                self.found[name] += 1
            if name in ADDRESSES and urlsplit((value or "").strip()).scheme not in {
                *("", "http", "https", "mailto"),
            }:
                self.found[f"{name}={value}"] += 1


@pytest.fixture
def case(member, moderator):
    """Everything that moderation keeps about one post: {name: row}."""
    post = make_reply(make_topic(title="Looms"), member, source="Buy my looms")
    reporter, first = MemberFactory(), ModeratorFactory()
    post.topic.tags.add(HARMLESS)
    report = actions.report_post(
        post=post, reporter=reporter, reason=Reason.SPAM, explanation="x", language="en"
    )
    notice = actions.give_notice(
        explanation="x",
        address="https://example.org/",
        name="x",
        email="reader@example.org",
        good_faith=True,
        language="en",
    )
    actions.penalise(
        post=post, moderator=first, kind=PenaltyKind.WARN, reason="x", grounds=a_rule()
    )
    decision = Decision.objects.get()
    appeal = actions.file_appeal(decision=decision, member=member, text="x")
    other = MemberFactory()
    actions.report_post(
        post=post, reporter=other, reason=Reason.DISRESPECT, explanation="x", language="en"
    )
    return {
        "post": post,
        "report": report,
        "notice": notice,
        "decision": decision,
        "appeal": appeal,
        "reporter": reporter,
    }


def fill(payloads, case, moderator):
    """Put texts into every field at once; short fields take one of them."""
    text, short = "\n".join(payloads), payloads[0]
    Decision.objects.update(facts=text, ground="law", rule=None, law=short[:300])
    Appeal.objects.update(text=text)
    Report.objects.update(explanation=text)
    Report.objects.filter(reporter=None).update(name=short[:150], address=payloads[-1][:500])
    Report.objects.exclude(handled_at=None).update(answer=text)
    Rule.objects.update(title=short[:120], text=text[:2000])
    Category.objects.update(name=short[:80], description=payloads[1][:200])
    Tag.objects.update(name=short[:90])
    User.objects.exclude(pk=moderator.pk).update(name=short[:150])
    topic = case["post"].topic
    topic.refresh_from_db()
    actions.set_locked(topic=topic, moderator=moderator, locked=not topic.locked, reason=text)


def pages(case):
    post = case["post"]
    admin = [
        reverse("forum_moderation:queue"),
        *(
            reverse(f"forum_moderation:{name}", args=[pk])
            for name, pk in (
                ("post", post.pk),
                ("topic", post.topic_id),
                ("appeal", case["appeal"].pk),
                ("notice", case["notice"].pk),
            )
        ),
        reverse("forum_decisions"),
    ]
    own = [reverse("forum:cases"), case["decision"].get_absolute_url()]
    public = [
        reverse("forum:report_status", args=[case["report"].reference]),
        reverse("forum:rules"),
        f"{reverse('forum:notice')}?post={post.pk}",
        post.topic.get_absolute_url(),
        post.topic.category.get_absolute_url(),
        reverse("forum:index"),
    ]
    return {"moderator": admin, "subject": own, "reporter": public}


def test_no_field_of_moderation_can_run_anything(case, member, moderator, client_for):
    browsers = {
        "moderator": client_for(moderator),
        "subject": client_for(member),
        "reporter": client_for(case["reporter"]),
    }

    def look():
        found = {}
        for who, addresses in pages(case).items():
            for address in addresses:
                answer = browsers[who].get(address)
                assert answer.status_code == 200, address
                found[address] = Dangers(answer.content.decode()).found
        return found

    # Each text twice: a page may show a form more where a topic is locked.
    fill([HARMLESS] * 2, case, moderator)
    harmless = [look()]
    fill([HARMLESS] * 2, case, moderator)
    harmless.append(look())
    for number, at in enumerate(range(0, len(PAYLOADS), PER_ROUND)):
        fill(PAYLOADS[at : at + PER_ROUND], case, moderator)
        for address, found in look().items():
            assert found == harmless[number % 2][address], address
