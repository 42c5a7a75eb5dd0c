"""Translations go through the same review as what they translate."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from home.actions import NothingToReviewError, submit_translation
from home.models import StandardPage
from tests.factories.home import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(db):
    return Locale.objects.get(language_code="fr")


@pytest.fixture
def page(home_page):
    return make_page(
        home_page,
        "About us",
        intro="Who we are",
        body=[
            ("heading", {"text": "History", "level": "h2"}),
            ("text", "<p>It began with a loom.</p>"),
        ],
    )


@pytest.fixture
def translated(page, french, editor):
    """The French page, as an editor starts it: a draft in English words."""
    translate_object(page, [french], user=editor)
    return StandardPage.objects.get(locale=french)


def translate(page, text, words):
    """Enter a translation for a text of the page that `page` translates."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    string = String.objects.get(locale=source.locale, data=text)
    context = source.stringsegment_set.get(string=string).context
    StringTranslation.objects.update_or_create(
        translation_of=string,
        locale=page.locale,
        context=context,
        defaults={"data": words, "translation_type": "manual"},
    )


def test_a_page_sent_for_translation_is_a_draft(translated, client):
    assert not translated.live
    assert client.get("/fr/about-us/").status_code == 404


def test_a_translation_goes_live_when_somebody_else_approves(
    translated, editor, second_editor, admin_of, client
):
    translate(translated, "Who we are", "Qui nous sommes")
    translate(translated, "History", "Histoire")
    address = reverse("submit_translation_for_review", args=[translated.pk])
    assert admin_of(editor).get(address).status_code == 200
    admin_of(editor).post(address)
    page = StandardPage.objects.get(pk=translated.pk)
    assert page.workflow_in_progress
    assert not page.live
    task = page.current_workflow_task
    assert task.get_actions(page, editor) == []
    task.on_action(page.current_workflow_task_state, second_editor, "approve")
    html = client.get("/fr/about-us/").content.decode()
    for text in ("Qui nous sommes", "Histoire", "It began with a loom."):
        assert text in html


def test_submitting_changes_nothing_that_is_live(translated, editor, administrator):
    Translation.objects.get().save_target(user=administrator, publish=True)
    translated.get_latest_revision().publish(user=administrator)
    translate(translated, "Who we are", "Qui nous sommes")
    submit_translation(page=StandardPage.objects.get(pk=translated.pk), user=editor)
    page = StandardPage.objects.get(pk=translated.pk)
    assert page.live
    assert page.intro == "Who we are"
    assert page.get_latest_revision_as_object().intro == "Qui nous sommes"


def test_what_is_no_translation_or_waits_already_cannot_be_submitted(page, translated, editor):
    with pytest.raises(NothingToReviewError):
        submit_translation(page=page, user=editor)
    submit_translation(page=translated, user=editor)
    waiting = StandardPage.objects.get(pk=translated.pk)
    with pytest.raises(NothingToReviewError):
        submit_translation(page=waiting, user=editor)


@pytest.mark.parametrize(("who", "live"), [("editor", False), ("administrator", True)])
def test_syncing_publishes_only_for_who_may_publish(
    who, live, page, translated, request, admin_of, django_capture_on_commit_callbacks
):
    user = request.getfixturevalue(who)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_of(user).post(
            reverse("wagtail_localize:update_translations", args=[source.pk]),
            {"publish_translations": "on"},
        )
    assert StandardPage.objects.get(pk=translated.pk).live is live
    assert response.status_code == (302 if live else 200)


def test_members_cannot_submit(translated, member, moderator, admin_of):
    address = reverse("submit_translation_for_review", args=[translated.pk])
    for user in (member, moderator):
        admin_of(user).post(address)
    assert not StandardPage.objects.get(pk=translated.pk).workflow_in_progress
