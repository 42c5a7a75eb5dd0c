"""Members say that they use a practice, and three months later what came of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from bestpractices import actions
from bestpractices.models import Outcome, Uptake, Use
from core.errors import NotAllowed
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.members import EditorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(home_page):
    return make_practice(make_practice_index(home_page))


def press(client, practice, kind, **headers):
    return client.post(reverse("practices:take_up", args=[practice.pk]), {"kind": kind}, **headers)


def text_of(client, practice):
    return client.get(practice.get_url()).content.decode()


class TestPressing:
    def test_a_press_counts_a_second_stands_and_an_empty_one_takes_back(
        self, client_for, client, member, practice
    ):
        browser = client_for(member)
        for kind, kinds in [("try", ["try"]), ("try", ["try"]), ("used", ["used"]), ("", [])]:
            assert press(browser, practice, kind).url.endswith("#uptake")
            assert list(Uptake.objects.values_list("kind", flat=True)) == kinds
        press(browser, practice, "used")
        assert "1 member" in text_of(client, practice)

    def test_a_translation_is_the_same_practice(self, client_for, member, practice):
        french = practice.copy_for_translation(
            Locale.objects.get(language_code="fr"), copy_parents=True
        )
        french.save_revision().publish()
        actions.take_up(practice=practice, user=member, kind=Use.TRY)
        actions.take_up(practice=french, user=member, kind=Use.USED)
        assert [(one.kind, one.practice_id) for one in Uptake.objects.all()] == [
            ("used", practice.pk)
        ]
        assert 'aria-pressed="true"' in text_of(client_for(member), french)

    @pytest.mark.parametrize("who", [None, UserFactory])
    def test_only_members_have_buttons(self, client_for, practice, who):
        browser = client_for(who and who())
        assert press(browser, practice, "used").status_code == 404
        assert 'id="uptake-used"' not in text_of(browser, practice)
        assert not Uptake.objects.exists()

    def test_what_one_may_not_read_is_missing(self, client_for, practice):
        closed = practice.view_restrictions.create(restriction_type="groups")
        closed.groups.add(Group.objects.get(name="Editors"))
        assert press(client_for(MemberFactory()), practice, "used").status_code == 404

    @pytest.mark.parametrize("kind", ["stolen", "\x00", "used\n"])
    def test_nonsense(self, client_for, member, practice, kind):
        assert press(client_for(member), practice, kind).status_code == 404

    def test_htmx_gets_the_section_only(self, client_for, member, practice):
        page = press(client_for(member), practice, "used", HTTP_HX_REQUEST="true")
        assert page.content.decode().lstrip().startswith("<section")


class TestFollowUp:
    @pytest.fixture
    def uptake(self, member, practice):
        actions.take_up(practice=practice, user=member, kind=Use.TRY)
        return Uptake.objects.get()

    def age(self, days):
        Uptake.objects.update(created_at=timezone.now() - timedelta(days=days))

    def test_after_three_months_one_is_asked_once(
        self, uptake, member, mailoutbox, django_capture_on_commit_callbacks
    ):
        for days, mails in [(89, 0), (91, 1), (200, 1)]:
            self.age(days)
            with django_capture_on_commit_callbacks(execute=True):
                actions.ask_due()
            assert len(mailoutbox) == mails
        assert mailoutbox[0].to == [member.email]
        assert reverse("practices:answer", args=[uptake.pk]) in mailoutbox[0].body

    def test_who_has_answered_is_not_asked(self, uptake, member):
        actions.answer(uptake=uptake, user=member, outcome=Outcome.WORKED, report="", language="en")
        self.age(100)
        assert actions.ask_due() == 0

    def test_the_clock_asks(self, uptake):
        self.age(100)
        call_command("run_periodic")
        uptake.refresh_from_db()
        assert uptake.asked_at

    def test_the_outcome_counts_at_once_and_words_wait_for_an_editor(
        self, client_for, client, uptake, member, practice
    ):
        browser = client_for(member)
        address = reverse("practices:answer", args=[uptake.pk])
        answer = {"outcome": "partly", "report": "The <b>zips</b> stayed.", "language": "en"}
        assert browser.post(address, answer).status_code == 302
        assert "It worked in part" in text_of(client, practice)
        assert "zips" not in text_of(client, practice)
        actions.show_report(uptake=uptake, editor=EditorFactory(), is_shown=True)
        assert "The &lt;b&gt;zips&lt;/b&gt; stayed." in text_of(client, practice)
        browser.post(address, {**answer, "report": "Other words."})
        assert "Other words." not in text_of(client, practice)

    def test_nobody_else_answers_or_reads_it(self, client_for, uptake):
        address = reverse("practices:answer", args=[uptake.pk])
        assert client_for(MemberFactory()).get(address).status_code == 404
        with pytest.raises(NotAllowed):
            actions.answer(
                uptake=uptake,
                user=MemberFactory(),
                outcome=Outcome.WORKED,
                report="",
                language="en",
            )
        with pytest.raises(NotAllowed):
            actions.show_report(uptake=uptake, editor=MemberFactory(), is_shown=True)

    def test_a_wrong_entry_is_told_and_nothing_typed_is_lost(self, client_for, uptake, member):
        address = reverse("practices:answer", args=[uptake.pk])
        page = client_for(member).post(address, {"report": "My words", "language": "en"})
        assert page.status_code == 422
        assert "My words" in page.content.decode()
        page = client_for(member).post(
            address, {"outcome": "worked", "report": "x" * 601, "language": "en"}
        )
        assert "report" in page.context["form"].errors

    def test_an_editor_shows_it_in_the_admin(self, client_for, uptake, member, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        actions.answer(
            uptake=uptake, user=member, outcome=Outcome.WORKED, report="Well done.", language="en"
        )
        browser = client_for(EditorFactory())
        address = f"/admin/snippets/bestpractices/uptake/edit/{uptake.pk}/"
        assert "Well done." in browser.get(address).content.decode()
        browser.post(address, {"is_shown": "on", "report": "Tampered."})
        uptake.refresh_from_db()
        assert uptake.shown_at
        assert uptake.report == "Well done."
