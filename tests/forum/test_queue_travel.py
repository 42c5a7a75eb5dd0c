"""Through the queue: the filters travel along, and after a decision comes the case that follows."""

import pytest
from django.urls import reverse

from forum import actions, queue
from forum.models import ModeratorScope
from forum.models.decisions import Outcome
from forum.models.reports import Reason
from forum.service_levels import share_overturned, time_to_decide
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]

QUEUE = "/admin/forum/"
GROUND = {"reason": "Advertising", "law": "§ 1"}


@pytest.fixture
def browser(client_for, moderator):
    return client_for(moderator)


@pytest.fixture
def waiting(strict_category):
    """Four waiting posts, the longest wait first: English, French, English, French."""
    return [
        make_topic(strict_category, language=language, trusted=False).posts.get()
        for language in ("en", "fr", "en", "fr")
    ]


def page_of(post, query=""):
    return reverse("forum_moderation:post", args=[post.pk]) + query


def approve(browser, post, query="", **values):
    address = reverse("forum_moderation:decide", args=[post.pk, "publish"])
    return browser.post(address + query, {"version": 1} | values).url


@pytest.mark.parametrize(
    ("decided", "query", "follows"),
    [
        (0, "", 1),
        (1, "", 2),
        (3, "", 0),
        (0, "?language=en", 2),
        (2, "?language=en", 0),
        (1, "?language=fr&kind=waiting", 3),
        (1, "?language=en", 2),
        (0, "?kind=appeal", None),
        (1, "?language=xx", 2),
    ],
)
def test_the_case_that_follows(browser, waiting, decided, query, follows):
    target = approve(browser, waiting[decided], query)
    kept = "" if "xx" in query else query
    query = "?" + "&".join(sorted(kept[1:].split("&"), reverse=False)) if kept else ""
    expected = QUEUE if follows is None else page_of(waiting[follows])
    path, _mark, rest = target.partition("?")
    assert path == expected
    assert sorted(rest.split("&")) == sorted(query[1:].split("&"))


def test_a_decision_in_the_list_leads_back_to_the_row_that_follows(browser, waiting):
    text = browser.get(f"{QUEUE}?language=en").content.decode()
    assert f'action="/admin/forum/posts/{waiting[0].pk}/publish/?language=en"' in text
    assert f'href="{page_of(waiting[0])}?language=en#act-reject"' in text
    target = approve(browser, waiting[0], "?language=en", from_queue="1")
    assert target == f"{QUEUE}?language=en#case-{waiting[2].pk}-waiting"
    assert f'id="case-{waiting[2].pk}-waiting"' in browser.get(QUEUE).content.decode()


def test_every_act_hands_the_filters_on(browser, moderator):
    query = "?kind=report"
    reported = [make_reply(make_topic()) for _number in range(4)]
    for post in reported:
        actions.report_post(post=post, reporter=MemberFactory(), reason=Reason.SPAM, language="en")
    first, second, third, fourth = [page_of(post, query) for post in reported]
    text = browser.get(first).content.decode()
    assert f'href="{second}"' in text
    assert f'href="{QUEUE}{query}"' in text
    assert f'action="{reverse("forum_moderation:dismiss", args=[reported[0].pk])}{query}"' in text
    hide = reverse("forum_moderation:decide", args=[reported[0].pk, "hide"])
    assert browser.post(hide + query, {"version": 1} | GROUND).url == second
    dismiss = reverse("forum_moderation:dismiss", args=[reported[1].pk])
    assert browser.post(dismiss + query, {"answer": "It is fine."}).url == third
    edit = reverse("forum_moderation:correct", args=[reported[2].pk])
    changed = {"version": 1, "source": "Other words"} | GROUND
    assert browser.post(edit + query, changed).url == fourth
    bulk = {"act": "publish", "posts": f"{reported[3].pk}:1"}
    assert browser.post(f"{QUEUE}bulk/{query}", bulk).url == QUEUE + query


def test_reports_come_before_what_waits_and_nothing_comes_twice(waiting, moderator):
    post = make_reply(make_topic())
    for _number in range(2):
        actions.report_post(post=post, reporter=MemberFactory(), reason=Reason.SPAM, language="en")
    seen, row = [], queue.row_of(moderator, "report", "waiting", key=post.pk)
    for _number in range(4):
        item = queue.next_item(moderator, {}, after=row)
        seen.append(item.post)
        row = queue.row_of(moderator, "waiting", key=item.post.pk)
    assert seen == waiting
    assert queue.next_item(moderator, {}, after=row).post == post


def test_alone_in_the_queue_there_is_no_next(browser, moderator, strict_category):
    post = make_topic(strict_category, trusted=False).posts.get()
    row = queue.row_of(moderator, "waiting", key=post.pk)
    assert queue.next_item(moderator, {}, after=row) is None
    assert browser.get(page_of(post)).status_code == 200


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("reject", {"version": 1, "reason": "Ads"}),
        ("reject", {"version": 1, "reason": "Ads", "law": "  ", "rule": ""}),
        ("reject", {"version": 1, "reason": "Ads", "rule": "9999"}),
    ],
)
def test_a_measure_names_a_single_rule_or_the_law(browser, waiting, act, values):
    address = reverse("forum_moderation:decide", args=[waiting[0].pk, act])
    answer = browser.post(address, values)
    assert answer.status_code == 422
    assert answer.context["decisions"][1]["form"].errors.keys() == {"rule"}


def test_figures_are_those_of_the_moderators_scope(member, moderator):
    here, there = CategoryFactory(), CategoryFactory(premoderated_posts=2)
    post = make_reply(make_topic(here), member)
    actions.hide_post(post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule())
    appeal = actions.file_appeal(decision=post.decisions.get(), member=member, text="No")
    actions.decide_appeal(
        appeal=appeal, moderator=ModeratorFactory(), outcome=Outcome.OVERTURNED, answer="Right"
    )
    waiting = make_topic(there, trusted=False).posts.get()
    actions.publish_post(post=waiting, moderator=moderator, version=1)
    now = waiting.published_at
    found = {}
    for name, category in (("here", here), ("there", there)):
        person = ModeratorFactory()
        ModeratorScope.objects.create(user=person).categories.add(category)
        found[name] = share_overturned(person), time_to_decide(person, now) is not None
    assert found == {"here": ((1, 1), False), "there": ((0, 0), True)}


def test_what_waited_was_held_back_by_a_rule_that_acts_by_itself(waiting, moderator):
    actions.reject_post(
        post=waiting[0], moderator=moderator, version=1, reason="Ads", grounds=a_rule()
    )
    post = make_reply(make_topic())
    actions.hide_post(post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule())
    assert waiting[0].decisions.get().automated
    assert not post.decisions.get().automated
