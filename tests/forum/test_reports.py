"""Reports of members, and notices of illegal content by anybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from forum import actions, errors, queue
from forum.models import (
    Decision,
    ModerationLog,
    Notification,
    Report,
)
from forum.models.decisions import Source
from forum.models.reports import Handling, Reason
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


@pytest.fixture
def second():
    return ModeratorFactory()


def report(post, reporter, reason=Reason.SPAM, **values):
    return actions.report_post(post=post, reporter=reporter, reason=reason, language="en", **values)


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
        actions.hide_post(post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule())
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

    def test_closing_where_something_was_done_otherwise(self, post, moderator, client_for):
        reporter = MemberFactory()
        report(post, reporter)
        actions.move_topic(topic=post.topic, moderator=moderator, category=CategoryFactory())
        actions.delete_own(post=post, author=post.author, version=1)
        address = f"/admin/forum/posts/{post.pk}/dismiss-reports/"
        client_for(moderator).post(address, {"answer": "Moved, then taken away", "upheld": "on"})
        found = Report.objects.get()
        assert (found.state, found.decision) == (Handling.UPHELD, None)
        page = client_for(reporter).get(f"/en/forum/moderation/reports/{found.reference}/")
        assert "Something was done" in page.content.decode()
        entry = ModerationLog.objects.filter(post=post).first()
        assert (entry.action, entry.reason) == ("settle", "Moved, then taken away")

    def test_so_many_in_an_hour(self, post, settings):
        settings.FORUM_LIMITS |= {"reports_per_hour": 2}
        reporter, posts = MemberFactory(), [make_reply(post.topic) for _number in range(3)]
        for one in posts[:2]:
            report(one, reporter)
        with pytest.raises(errors.TooManyReports):
            report(posts[2], reporter)
        report(posts[2], MemberFactory())
        Report.objects.update(created_at=timezone.now() - timedelta(hours=1))
        report(posts[2], reporter)

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
            actions.hide_post(
                post=post, moderator=moderator, version=1, reason="Illegal", grounds=a_rule()
            )
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

    @pytest.mark.parametrize("upheld", [True, False])
    def test_the_log_says_which_notice_was_answered(self, notice, client_for, moderator, upheld):
        client_for().post(self.ADDRESS, notice | {"address": "/en/somewhere/"})
        found = Report.objects.get()
        actions.settle_notice(report=found, moderator=moderator, upheld=upheld, answer="Seen")
        assert ModerationLog.objects.get().reason == f"{found.reference}: Seen"

    def test_about_another_address(self, notice, client_for, moderator):
        client_for().post(self.ADDRESS, notice | {"address": "/en/somewhere/"})
        found = Report.objects.get(post=None)
        assert [row["kind"] for row in queue.rows(moderator)] == ["notice"]
        address = f"/admin/forum/notices/{found.pk}/"
        client_for(moderator).post(address, {"answer": "Removed", "upheld": "on"})
        found.refresh_from_db()
        assert found.state == Handling.UPHELD
