"""Nothing that an editor writes goes live before somebody else has agreed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Task, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import SecondPairOfEyesTask, StandardPage
from tests.factories.home import make_page
from tests.factories.members import AdministratorFactory, CoordinatorFactory, EditorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(home_page):
    return make_page(home_page, "About us", live=False)


def form_data(page, **extra):
    return nested_form_data(
        {
            "title": "Written by an editor",
            "slug": page.slug if page else "written",
            "intro": "",
            "body": streamfield([("text", rich_text("<p>Written</p>"))]),
            "comments": inline_formset([]),
            **extra,
        }
    )


def submit(page, author, submitter=None):
    """A revision by `author`, submitted by `submitter`; returns the page anew."""
    page.save_revision(user=author)
    page = StandardPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, submitter or author)
    return StandardPage.objects.get(pk=page.pk)


def actions(page, user):
    task = page.current_workflow_task
    return {name for name, _label, _modal in task.get_actions(page, user)} if task else set()


def decide(page, user, action="approve"):
    page.current_workflow_task.on_action(page.current_workflow_task_state, user, action)
    return StandardPage.objects.get(pk=page.pk)


def decision_url(page, action="approve"):
    state = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


class TestTheWorkflow:
    def test_is_the_only_one_and_holds_for_every_page(self, home_page):
        workflow = Workflow.objects.active().get()
        assert workflow.name == "Editorial review"
        assert [type(task.specific) for task in workflow.tasks] == [SecondPairOfEyesTask]
        assert Task.objects.active().count() == 1
        assert home_page.get_workflow() == workflow
        assert make_page(home_page).get_workflow() == workflow

    @pytest.mark.parametrize(
        ("group", "rights"),
        [
            ("Editors", {"add_page", "change_page", "lock_page", "unlock_page"}),
            ("Moderators", set()),
            ("Coordinators", set()),
            ("Members", set()),
        ],
    )
    def test_nobody_but_administrators_may_publish_alone(self, group, rights):
        rows = GroupPagePermission.objects.filter(group__name=group)
        assert {row.permission.codename for row in rows} == rights


class TestWhoMayDecide:
    @pytest.fixture
    def people(self, editor, second_editor, moderator, administrator, member):
        return {
            "author": editor,
            "editor": second_editor,
            "moderator": moderator,
            "coordinator": CoordinatorFactory(),
            "member": member,
            "administrator": administrator,
        }

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("author", False),
            ("editor", True),
            ("moderator", False),
            ("coordinator", False),
            ("member", False),
            ("administrator", True),
        ],
    )
    def test_any_other_editor(self, who, may, people, draft):
        page = submit(draft, people["author"])
        assert actions(page, people[who]) == ({"approve", "reject"} if may else set())
        if may:
            assert decide(page, people[who]).live
        else:
            with pytest.raises(PermissionDenied):
                decide(page, people[who])
            assert not StandardPage.objects.get(pk=page.pk).live

    def test_an_administrator_is_no_second_pair_of_eyes_for_their_own_text(self, draft):
        administrator, other = AdministratorFactory(), AdministratorFactory()
        page = submit(draft, administrator)
        assert actions(page, administrator) == set()
        with pytest.raises(PermissionDenied):
            decide(page, administrator)
        assert decide(page, other).live

    def test_neither_who_wrote_nor_who_submitted(self, draft, editor, second_editor):
        page = submit(draft, author=editor, submitter=second_editor)
        assert actions(page, editor) == actions(page, second_editor) == set()
        assert "approve" in actions(page, EditorFactory())

    def test_two_people_can_pass_a_page_back_and_forth(self, draft, editor, second_editor):
        page = submit(draft, editor)
        page = decide(page, second_editor, "reject")
        assert not page.live
        page.title = "Mended by the reviewer"
        page.save_revision(user=second_editor)
        page.current_workflow_state.resume(second_editor)
        page = StandardPage.objects.get(pk=page.pk)
        assert actions(page, second_editor) == set()
        page = decide(page, editor)
        assert page.live
        assert page.title == "Mended by the reviewer"

    def test_what_was_changed_after_it_was_submitted_cannot_be_approved(
        self, draft, editor, second_editor
    ):
        page = submit(draft, editor)
        page.title = "Slipped in"
        page.save_revision(user=editor)
        page = StandardPage.objects.get(pk=page.pk)
        assert actions(page, second_editor) == {"reject"}
        with pytest.raises(PermissionDenied):
            decide(page, second_editor)

    def test_each_reviewer_has_a_list_of_what_waits_for_them(self, draft, editor, second_editor):
        page = submit(draft, editor)
        task = page.current_workflow_task
        assert not task.get_task_states_user_can_moderate(editor).exists()
        assert task.get_task_states_user_can_moderate(second_editor).count() == 1


class TestInTheAdmin:
    def test_from_writing_to_publication(
        self,
        home_page,
        editor,
        second_editor,
        admin_of,
        client,
        mailoutbox,
        django_capture_on_commit_callbacks,
    ):
        author, reviewer = admin_of(editor), admin_of(second_editor)
        with django_capture_on_commit_callbacks(execute=True):
            response = author.post(
                reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_page.pk]),
                form_data(None, **{"action-submit": "1"}),
            )
        assert response.status_code == 302
        page = StandardPage.objects.get(slug="written")
        assert not page.live
        assert client.get("/en/written/").status_code == 404
        assert [message.to for message in mailoutbox] == [[second_editor.email]]

        assert author.post(decision_url(page)).status_code == 302
        assert not StandardPage.objects.get(pk=page.pk).live

        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert decision_url(page) not in author.get(edit).content.decode()
        assert decision_url(page) in reviewer.get(edit).content.decode()

        reviewer.post(decision_url(page), {"comment": "Good"})
        assert client.get("/en/written/").status_code == 200

    @pytest.mark.parametrize("action", ["action-publish", "action-save-draft", ""])
    def test_an_editor_alone_cannot_publish(self, action, home_page, editor, admin_of):
        page = make_page(home_page, "About us")
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        admin_of(editor).post(address, form_data(page, **({action: "1"} if action else {})))
        assert StandardPage.objects.get(pk=page.pk).title == "About us"

    def test_an_editor_cannot_take_a_page_off_the_site_either(self, home_page, editor, admin_of):
        page = make_page(home_page, "About us")
        admin_of(editor).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        admin_of(editor).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert StandardPage.objects.get(pk=page.pk).live

    @pytest.mark.parametrize("who", ["editor", "second_editor", "administrator"])
    @pytest.mark.parametrize("action", ["action-save-draft", "action-publish", "action-submit"])
    def test_what_waits_for_review_stands_still(
        self, who, action, draft, editor, admin_of, request
    ):
        page = submit(draft, editor)
        before = page.latest_revision_id
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        user = request.getfixturevalue(who)
        admin_of(user).post(address, form_data(page, **{action: "1"}))
        page = StandardPage.objects.get(pk=page.pk)
        assert page.latest_revision_id == before
        assert not page.live

    def test_who_submitted_can_take_it_back(self, draft, editor, admin_of):
        page = submit(draft, editor)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        admin_of(editor).post(address, form_data(page, **{"action-cancel-workflow": "1"}))
        page = StandardPage.objects.get(pk=page.pk)
        assert not page.workflow_in_progress
        assert not page.live

    def test_an_administrator_may_publish_at_once(self, draft, administrator, admin_of):
        address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        admin_of(administrator).post(address, form_data(draft, **{"action-publish": "1"}))
        assert StandardPage.objects.get(pk=draft.pk).live

    @pytest.mark.parametrize("who", ["moderator", "coordinator"])
    def test_others_with_work_in_the_admin_see_no_pages(self, who, draft, admin_of, request):
        user = CoordinatorFactory() if who == "coordinator" else request.getfixturevalue(who)
        address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        assert admin_of(user).get(address).status_code == 302
        assert admin_of(user).post(address, form_data(draft)).status_code == 302
        assert Page.objects.get(pk=draft.pk).title == "About us"


def test_an_approved_page_with_a_date_waits_for_it(draft, editor, second_editor):
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    page = decide(submit(draft, editor), second_editor)
    assert not page.live
    moment = timezone.now() - timedelta(minutes=1)
    approved = page.revisions.get(approved_go_live_at__isnull=False)
    approved.approved_go_live_at = moment
    approved.content["go_live_at"] = moment.isoformat()
    approved.save()
    call_command("publish_scheduled")
    assert StandardPage.objects.get(pk=page.pk).live
