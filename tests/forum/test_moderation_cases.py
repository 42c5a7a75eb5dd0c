"""Decisions, appeals, reports, notices, penalties, scopes and topic acts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forum import actions, errors, permissions, queue, standing, transparency
from forum.grounds import Grounds
from forum.models import (
    Appeal,
    Decision,
    ModerationLog,
    ModeratorScope,
    Notification,
    Penalty,
    Post,
    Report,
    Rule,
    Topic,
)
from forum.models.decisions import Measure, Outcome, Source, appeal_deadline
from forum.models.penalties import PenaltyKind
from forum.models.reports import Handling, Reason
from forum.recount import drifts
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


@pytest.fixture
def decision(post, moderator):
    actions.hide_post(post=post, moderator=moderator, version=1, reason="Advertising")
    return Decision.objects.get()


@pytest.fixture
def second():
    return ModeratorFactory()


def again(person):
    standing.forget(person)
    return person


def punish(post, moderator, kind=PenaltyKind.SILENCE, days=7):
    until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=days)
    return actions.penalise(
        post=post, moderator=moderator, kind=kind, reason="Insults", until=until
    )


def report(post, reporter, reason=Reason.SPAM, **values):
    return actions.report_post(post=post, reporter=reporter, reason=reason, language="en", **values)


class TestDecisions:
    def test_hiding_states_its_reasons(self, post, moderator, member):
        rule = Rule.objects.active().first()
        actions.hide_post(
            post=post, moderator=moderator, version=1, reason="Ads", grounds=Grounds(rule=rule)
        )
        found = Decision.objects.get()
        assert (found.subject, found.rule, found.facts) == (member, rule, "Ads")
        assert (found.source, found.scope, found.automated) == (Source.OWN, "post", False)
        assert found.appeal_until == appeal_deadline(found.created_at)
        assert Notification.objects.filter(user=member, kind="decision").count() == 1

    def test_refusal_before_publication_counts(self, post, moderator):
        in_state(post, State.PENDING)
        actions.reject_post(post=post, moderator=moderator, version=1, reason="Ads")
        assert Decision.objects.get().source == Source.FIRST_POSTS

    def test_the_law_takes_the_place_of_a_rule(self, post, moderator):
        law = Grounds(rule=Rule.objects.first(), law="Section 86a")
        actions.hide_post(post=post, moderator=moderator, version=1, reason="X", grounds=law)
        assert Decision.objects.get().rule is None

    def test_its_page_is_its_subjects_only(self, decision, member, moderator, client_for):
        address = decision.get_absolute_url()
        text = client_for(member).get(address).content.decode()
        assert "Advertising" in text
        assert moderator.name not in text
        assert client_for(moderator).get(address).status_code == 404
        assert client_for(MemberFactory()).get(address).status_code == 404
        assert client_for().get(address).status_code == 302

    def test_an_edit_can_be_undone_by_an_appeal(self, post, moderator, second, member):
        found = actions.correct_post(
            post=post, moderator=moderator, version=1, source="Looms", reason="Names a client"
        )
        assert Post.objects.get(pk=post.pk).source == "Looms"
        appeal = actions.file_appeal(decision=found, member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Right"
        )
        assert Post.objects.get(pk=post.pk).source == "Buy my looms"

    def test_restoring_withdraws_it(self, decision, post, moderator, member):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        actions.restore_post(post=post, moderator=moderator, version=2)
        decision.refresh_from_db()
        appeal.refresh_from_db()
        assert decision.withdrawn_at is not None
        assert appeal.outcome == Outcome.OVERTURNED

    def test_outlives_the_account(self, decision, member):
        member.delete()
        decision.refresh_from_db()
        assert decision.subject is None

    @pytest.mark.parametrize(
        ("day", "deadline"),
        [("2026-01-31", "2026-07-31"), ("2026-08-31", "2027-03-01"), ("2026-12-01", "2027-06-01")],
    )
    def test_six_months(self, day, deadline):
        moment = timezone.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        assert appeal_deadline(moment).date().isoformat() == deadline


class TestAppeals:
    def test_success_restores(self, decision, post, member, second, client_for):
        browser = client_for(member)
        browser.post(decision.get_absolute_url(), {"text": "It is no advertising."})
        appeal = Appeal.objects.get()
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="You are right."
        )
        post.refresh_from_db()
        assert post.state == State.PUBLISHED
        assert "You are right." in browser.get(decision.get_absolute_url()).content.decode()
        assert not list(drifts())

    def test_a_rejected_text_is_published(self, post, member, moderator, second):
        in_state(post, State.PENDING)
        actions.reject_post(post=post, moderator=moderator, version=1, reason="Ads")
        appeal = actions.file_appeal(decision=Decision.objects.get(), member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Yes"
        )
        post.refresh_from_db()
        assert (post.state, post.number is None) == (State.PUBLISHED, False)

    def test_who_decided_does_not_answer(self, decision, member, moderator):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(errors.OwnDecision):
            actions.decide_appeal(
                appeal=appeal, moderator=moderator, outcome=Outcome.UPHELD, answer="So it is"
            )
        assert not Appeal.objects.decidable_by(moderator).exists()

    def test_the_database_keeps_the_two_apart(self, decision, member, moderator):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(
                decided_by=moderator, outcome="upheld", answer="X", decided_at=timezone.now()
            )

    def test_one_for_each_decision(self, decision, member):
        actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(errors.AlreadyAppealed):
            actions.file_appeal(decision=decision, member=member, text="No!")

    def test_not_by_others_and_not_too_late(self, decision, member):
        with pytest.raises(errors.NotAllowed):
            actions.file_appeal(decision=decision, member=MemberFactory(), text="No")
        then = timezone.now() - timedelta(days=200)
        Decision.objects.update(created_at=then, appeal_until=appeal_deadline(then))
        with pytest.raises(errors.NotAppealable):
            actions.file_appeal(decision=decision, member=member, text="No")

    def test_the_second_answer_is_refused(self, decision, member, second):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        for number in range(2):
            answer = {"outcome": Outcome.UPHELD, "answer": "So it is"}
            if number:
                with pytest.raises(errors.AlreadyHandled):
                    actions.decide_appeal(appeal=appeal, moderator=ModeratorFactory(), **answer)
            else:
                actions.decide_appeal(appeal=appeal, moderator=second, **answer)

    def test_a_suspended_member_appeals_and_is_free_again(self, post, member, moderator, second):
        penalty = punish(post, moderator, PenaltyKind.SUSPEND)
        assert not permissions.may_write(again(member))
        appeal = actions.file_appeal(decision=penalty.decision, member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Yes"
        )
        assert permissions.may_write(again(member))


class TestPenalties:
    @pytest.mark.parametrize(
        ("kind", "may_write", "may_report"),
        [
            (PenaltyKind.WARN, True, True),
            (PenaltyKind.SILENCE, False, True),
            (PenaltyKind.SUSPEND, False, False),
        ],
    )
    def test_what_each_takes(self, post, member, moderator, kind, may_write, may_report):
        other = make_topic().posts.get()
        punish(post, moderator, kind)
        again(member)
        assert permissions.may_write(member) is may_write
        assert permissions.may_reply(member, other.topic) is may_write
        assert permissions.may_report(member, other) is may_report

    def test_it_ends(self, post, member, moderator):
        punish(post, moderator)
        then = timezone.now() - timedelta(days=9)
        Penalty.objects.update(created_at=then, until=then + timedelta(days=7))
        assert permissions.may_write(again(member))

    def test_lifting(self, post, member, moderator, second):
        penalty = punish(post, moderator)
        actions.lift_penalty(penalty=penalty, moderator=second)
        assert permissions.may_write(again(member))
        with pytest.raises(errors.AlreadyHandled):
            actions.lift_penalty(penalty=penalty, moderator=moderator)

    def test_neither_oneself_nor_another_moderator(self, moderator, second):
        for author in (moderator, second):
            with pytest.raises(errors.NotAllowed):
                punish(make_reply(make_topic(), author), moderator)

    def test_a_member_is_told_on_the_site(self, post, member, moderator, client_for):
        punish(post, moderator)
        text = client_for(member).get(post.topic.get_absolute_url()).content.decode()
        assert "You cannot post until" in text


class TestReports:
    def test_several_are_one_case(self, post, moderator):
        for reason in (Reason.SPAM, Reason.DISRESPECT):
            report(post, MemberFactory(), reason)
        rows = list(queue.rows(moderator))
        assert [(row["kind"], row["key"]) for row in rows] == [("report", post.pk)]
        assert len(queue.items(rows)[0].reports) == 2

    def test_once_by_each(self, post):
        reporter = MemberFactory()
        report(post, reporter)
        with pytest.raises(errors.AlreadyReported):
            report(post, reporter, Reason.DISRESPECT)
        assert Report.objects.count() == 1

    def test_illegal_comes_first(self, post, moderator, second):
        strict = CategoryFactory(premoderated_posts=2)
        actions.start_topic(
            author=MemberFactory(),
            category=strict,
            title="T",
            source="S",
            language="en",
            key=uuid4(),
        )
        report(post, MemberFactory())
        worse = make_topic().posts.get()
        whole = {"explanation": "A threat", "address": "http://x/", "good_faith": True}
        report(worse, MemberFactory(), Reason.ILLEGAL, **whole)
        kinds = [(row["kind"], row["severity"]) for row in queue.rows(moderator)]
        assert kinds == [("report", 0), ("report", 3), ("waiting", 4)]

    def test_hiding_tells_the_reporters(self, post, moderator):
        reporter = MemberFactory()
        report(post, reporter)
        actions.hide_post(post=post, moderator=moderator, version=1, reason="Ads")
        found = Report.objects.get()
        assert (found.state, found.decision) == (Handling.UPHELD, Decision.objects.get())
        assert found.decision.source == Source.REPORT
        assert Notification.objects.filter(user=reporter, kind="report").exists()

    def test_dismissing(self, post, moderator, second):
        report(post, MemberFactory())
        assert actions.dismiss_reports(post=post, moderator=moderator, answer="It is fine") == 1
        with pytest.raises(errors.AlreadyHandled) as caught:
            actions.dismiss_reports(post=post, moderator=second, answer="It is fine")
        assert caught.value.by == moderator.name

    def test_the_form(self, post, member, client_for):
        address = f"/en/forum/post/{post.pk}/report/"
        browser = client_for(MemberFactory())
        assert browser.get(address).status_code == 200
        assert browser.post(address, {"reason": "illegal"}).status_code == 422
        assert browser.post(address, {"reason": "spam"}).status_code == 302
        assert client_for(member).get(address).status_code == 404
        assert client_for().get(address).url.endswith(f"notice/?post={post.pk}")


class TestNotices:
    ADDRESS = "/en/forum/moderation/notice/"

    @pytest.fixture
    def notice(self, post, monkeypatch):
        from forum.forms import reports

        monkeypatch.setattr(reports, "FASTEST_SECONDS", -1)
        return {
            "address": f"http://testserver/en/forum/post/{post.pk}/",
            "explanation": "A forbidden sign",
            "name": "A reader (sample)",
            "email": "reader@example.org",
            "good_faith": "on",
            "stamp": reports.new_stamp(),
        }

    def test_by_a_visitor(
        self, notice, post, moderator, client_for, mailoutbox, django_capture_on_commit_callbacks
    ):
        browser = client_for()
        with django_capture_on_commit_callbacks(execute=True):
            response = browser.post(self.ADDRESS, notice)
        found = Report.objects.get()
        assert (found.post, found.reason) == (post, Reason.ILLEGAL)
        assert str(found.reference) in mailoutbox[0].body
        assert str(found.reference) in browser.get(response.url).content.decode()
        assert "reader@example.org" not in browser.get(response.url).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            actions.hide_post(post=post, moderator=moderator, version=1, reason="Illegal")
        outcome = [mail for mail in mailoutbox if mail.to == ["reader@example.org"]][-1]
        assert "Something was done" in outcome.body

    @pytest.mark.parametrize(
        "change",
        [
            {"good_faith": ""},
            {"explanation": ""},
            {"address": ""},
            {"email": ""},
            {"name": ""},
            {"website": "x"},
            {"stamp": ""},
            {"stamp": "forged"},
        ],
    )
    def test_is_refused_and_keeps_the_text(self, notice, client_for, change):
        response = client_for().post(self.ADDRESS, notice | change)
        assert response.status_code == 422
        assert not Report.objects.exists()
        if "explanation" not in change:
            assert "A forbidden sign" in response.content.decode()

    def test_too_fast(self, notice, client_for, monkeypatch):
        monkeypatch.setattr("forum.forms.reports.FASTEST_SECONDS", 60)
        assert client_for().post(self.ADDRESS, notice).status_code == 422

    def test_floods_are_stopped(self, notice, client_for):
        statuses = [
            client_for()
            .post(
                self.ADDRESS,
                notice | {"address": f"/x/{number}", "email": f"a{number}@example.org"},
            )
            .status_code
            for number in range(6)
        ]
        assert statuses == [302] * 5 + [429]

    def test_about_another_address(self, notice, client_for, moderator):
        client_for().post(self.ADDRESS, notice | {"address": "/en/somewhere/"})
        found = Report.objects.get(post=None)
        assert [row["kind"] for row in queue.rows(moderator)] == ["notice"]
        address = f"/admin/forum/notices/{found.pk}/"
        client_for(moderator).post(address, {"answer": "Removed", "upheld": "on"})
        found.refresh_from_db()
        assert found.state == Handling.UPHELD


class TestScopes:
    @pytest.mark.parametrize(
        ("categories", "languages", "within"),
        [
            (False, [], True),
            (True, [], True),
            (None, [], False),
            (False, ["en"], True),
            (False, ["fr"], False),
        ],
    )
    def test_narrow_what_is_moderated(self, post, moderator, categories, languages, within):
        scope = ModeratorScope.objects.create(user=moderator, languages=languages)
        if categories is not False:
            chosen = post.topic.category if categories else CategoryFactory()
            scope.categories.add(chosen)
        report(post, MemberFactory())
        again(moderator)
        assert Post.objects.moderatable_by(moderator).filter(pk=post.pk).exists() is within
        assert bool(list(queue.rows(moderator))) is within
        if not within:
            with pytest.raises(errors.NotAllowed):
                actions.hide_post(post=post, moderator=moderator, version=1, reason="R")


class TestTopics:
    def test_move(self, moderator, client_for):
        topic, target = make_topic(), CategoryFactory()
        old = topic.get_absolute_url()
        actions.move_topic(topic=topic, moderator=moderator, category=target)
        topic.refresh_from_db()
        assert client_for().get(old).url == topic.get_absolute_url()
        assert not list(drifts())

    def test_merge(self, moderator, client_for):
        first, second = make_topic(), make_topic()
        reply, old = make_reply(second), second.get_absolute_url()
        actions.merge_topics(topic=second, into=first, moderator=moderator)
        numbers = list(first.posts.order_by("number").values_list("number", flat=True))
        assert numbers == [1, 2, 3]
        assert client_for().get(old, follow=True).status_code == 200
        place = client_for().get(reply.get_absolute_url())
        assert place.url == f"{first.get_absolute_url()}#post-3"
        assert not list(drifts())
        assert make_reply(Topic.objects.get(pk=second.pk)).topic == first

    def test_split(self, moderator, client_for):
        topic = make_topic()
        replies = [make_reply(topic) for _number in range(3)]
        new = actions.split_topic(
            topic=topic, posts=[replies[0].pk, replies[2].pk], title="Else", moderator=moderator
        )
        assert list(new.posts.order_by("number").values_list("number", flat=True)) == [1, 2]
        topic.refresh_from_db()
        assert (topic.reply_count, topic.last_number) == (1, 4)
        assert client_for().get(replies[2].get_absolute_url()).url.endswith("#post-2")
        assert not list(drifts())

    def test_locks_and_pins_are_logged(self, moderator):
        topic = make_topic()
        actions.set_locked(topic=topic, moderator=moderator, locked=True)
        actions.set_pinned(topic=topic, moderator=moderator, pinned=True)
        with pytest.raises(errors.AlreadyHandled):
            actions.set_pinned(topic=topic, moderator=moderator, pinned=True)
        acts = ModerationLog.objects.filter(topic=topic).values_list("action", flat=True)
        assert set(acts) == {"lock", "pin"}

    @pytest.mark.parametrize("factory", [UserFactory, MemberFactory])
    def test_only_moderators(self, factory):
        topic, other, person = make_topic(), make_topic(), factory()
        for act in (
            lambda: actions.set_locked(topic=topic, moderator=person, locked=True),
            lambda: actions.move_topic(topic=topic, moderator=person, category=other.category),
            lambda: actions.merge_topics(topic=topic, into=other, moderator=person),
            lambda: actions.split_topic(topic=topic, posts=[], title="T", moderator=person),
        ):
            with pytest.raises(errors.NotAllowed):
                act()


class TestRulesAndCounts:
    def test_other_words_are_a_new_version(self, client_for, administrator):
        rule = Rule.objects.get(code="respect")
        new = actions.revise_rule(
            rule=rule, title="Kind", titles={"fr": "Gentil"}, text="Be kind.", texts={}
        )
        rule.refresh_from_db()
        assert (rule.active, new.version, new.active) == (False, 2, True)
        assert "Gentil" in client_for().get("/fr/forum/moderation/rules/").content.decode()
        rule.text = "Else"
        with pytest.raises(TypeError):
            rule.save()

    def test_nothing_below_five_and_nothing_of_this_half_year(self, client_for, moderator):
        def count():
            return transparency.periods()[0].groups[0][1]

        for number in range(5):
            post = make_reply(make_topic())
            actions.hide_post(post=post, moderator=moderator, version=1, reason="R")
            assert all(figure.count is None for figure in count()), number
        now = timezone.now()
        then = now - timedelta(days=184)
        Decision.objects.update(created_at=then, appeal_until=now)
        assert {figure.count for figure in count()} == {None, 5}
        Decision.objects.first().delete()
        assert {figure.count for figure in count()} == {None}
        page = client_for().get("/en/forum/moderation/transparency/")
        assert "fewer than 5" in page.content.decode()

    def test_measures_cover_the_penalties(self):
        assert set(PenaltyKind.values) <= set(Measure.values)


def test_the_admin_pages_answer(post, member, moderator, second, client_for):
    report(post, MemberFactory())
    browser = client_for(second)
    for address in (
        "/admin/forum/",
        "/admin/forum/?kind=report&reason=spam",
        "/admin/forum/?kind=x",
    ):
        assert browser.get(address).status_code == 200
    page = browser.get(f"/admin/forum/posts/{post.pk}/").content.decode()
    assert "Spam or advertising" in page
    rule = Rule.objects.active().first()
    form = {"version": 1, "reason": "Ads", "rule": rule.pk, "law": ""}
    browser.post(f"/admin/forum/posts/{post.pk}/hide/", form)
    decision = Decision.objects.get()
    assert decision.rule == rule
    appeal = actions.file_appeal(decision=decision, member=member, text="No")
    address = f"/admin/forum/appeals/{appeal.pk}/"
    answer = {"outcome": "overturned", "answer": "Right"}
    assert browser.post(address, answer).status_code == 422
    assert client_for(moderator).get(address).status_code == 200
    client_for(moderator).post(address, answer)
    post.refresh_from_db()
    assert post.state == State.PUBLISHED
    penalty = {"kind": "silence", "days": "7", "reason": "Insults", "law": "§ 1"}
    browser.post(f"/admin/forum/posts/{post.pk}/penalise/", penalty)
    assert not permissions.may_write(again(member))
    browser.post(f"/admin/forum/penalties/{Penalty.objects.get().pk}/lift/")
    assert permissions.may_write(again(member))


def test_a_topic_in_the_admin(moderator, client_for, editor):
    topic, other = make_topic(), make_topic()
    reply = make_reply(topic)
    browser, address = client_for(moderator), f"/admin/forum/topics/{topic.pk}/"
    assert browser.get(address).status_code == 200
    for data, status in [
        ({"act": "lock"}, 302),
        ({"act": "pin"}, 302),
        ({"act": "move", "category": other.category_id}, 302),
        ({"act": "move", "category": other.category_id}, 422),
        ({"act": "split", "title": "T", "numbers": "1, 2"}, 422),
        ({"act": "split", "title": "T", "numbers": "2"}, 302),
        ({"act": "merge", "into": 10**9}, 422),
        ({"act": "merge", "into": other.pk}, 302),
    ]:
        assert browser.post(address, data).status_code == status, data
    assert client_for(editor).get(address, follow=True).status_code == 404
    reply.refresh_from_db()
    assert reply.is_opening


@pytest.mark.parametrize("export", ["", "csv", "xlsx"])
def test_the_report_of_decisions(post, moderator, client_for, editor, export):
    actions.hide_post(post=post, moderator=moderator, version=1, reason="=1+1")
    address = "/admin/reports/forum-decisions/"
    response = client_for(moderator).get(address, {"export": export} if export else {})
    assert response.status_code == 200
    if export == "csv":
        assert "'=1+1" in b"".join(response.streaming_content).decode()
    assert client_for(editor).get(address, follow=True).status_code == 404


def test_several_posts_at_once_each_by_itself(post, moderator, client_for):
    handled, other = make_reply(make_topic()), make_reply(make_topic())
    foreign = make_reply(make_topic(language="fr"), language="fr")
    ModeratorScope.objects.create(user=moderator, languages=["en"])
    actions.hide_post(post=handled, moderator=ModeratorFactory(), version=1, reason="R")
    chosen = [f"{one.pk}:1" for one in (post, handled, other, foreign)]
    browser, data = client_for(moderator), {"act": "hide", "posts": chosen}
    assert browser.post("/admin/forum/bulk/", data).status_code == 422
    text = browser.post(
        "/admin/forum/bulk/", data | {"reason": "Ads", "law": "§ 1"}, follow=True
    ).content.decode()
    assert "Posts decided: 2." in text
    assert "Already handled by" in text
    states = Post.objects.in_bulk([post.pk, other.pk, foreign.pk])
    assert [states[one.pk].state for one in (post, other, foreign)] == [
        State.HIDDEN,
        State.HIDDEN,
        State.PUBLISHED,
    ]
    assert Decision.objects.filter(moderator=moderator).count() == 2
    assert ModerationLog.objects.filter(actor=moderator).count() == 2
    for words in ([], ["x"], ["1:x"], ["²:1"]):
        wrong = {"act": "publish", "posts": words}
        assert browser.post("/admin/forum/bulk/", wrong).status_code == 422


def test_service_levels_on_the_dashboard(decision, member, second, client_for, editor):
    appeal = actions.file_appeal(decision=decision, member=member, text="No")
    text = client_for(second).get("/admin/").content.decode()
    assert "1 case waits" in text
    actions.decide_appeal(
        appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Right"
    )
    text = client_for(second).get("/admin/").content.decode()
    assert "Decisions overturned on appeal: 1 of 1" in text
    assert "forum-service-levels" not in client_for(editor).get("/admin/").content.decode()


def test_the_queue_costs_the_same_whatever_waits(
    moderator, client_for, django_assert_max_num_queries
):
    def fill(number):
        for _row in range(number):
            report(make_reply(make_topic()), MemberFactory())
            strict = CategoryFactory(premoderated_posts=2)
            make_topic(strict, trusted=False)

    browser = client_for(moderator)
    fill(1)
    browser.get("/admin/forum/")
    with django_assert_max_num_queries(19) as few:
        browser.get("/admin/forum/")
    fill(8)
    with django_assert_max_num_queries(len(few)):
        browser.get("/admin/forum/")
