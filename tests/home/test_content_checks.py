"""The report of what editors should mend."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import content_checks
from core.models import CustomImage
from home.content_checks import due_for_review, images_without_description, without_summary
from tests.factories.home import make_image, make_page, make_section

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/content-checks/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def found(home_page, today):
    """Pages and images, some of which fall short."""
    make_page(home_page, "Complete", listing_summary="Short", last_reviewed_on=today)
    make_page(home_page, "Without words", last_reviewed_on=today)
    make_page(home_page, "Unfinished", live=False)
    make_section(home_page, "Bare section")
    make_image("Described")
    make_image("loom.png", description="LOOM.png")
    make_image("Ornament", is_decorative=True)


def titles(queryset):
    return {str(row) for row in queryset}


def test_live_pages_need_a_summary(found):
    assert titles(without_summary()) == {"Without words", "Bare section"}


@pytest.mark.parametrize(
    ("days", "due"), [(None, True), (800, True), (740, True), (720, False), (0, False)]
)
def test_a_review_holds_for_24_months(days, due, home_page, today):
    reviewed = None if days is None else today - timedelta(days=days)
    page = make_page(home_page, "Reviewed", last_reviewed_on=reviewed)
    assert (page.title in titles(due_for_review())) is due


def test_a_description_says_more_than_the_name_of_the_file(found):
    assert titles(images_without_description()) == {"loom.png"}
    assert CustomImage.objects.count() == 3


def test_the_report_lists_every_finding_with_a_way_to_mend_it(found, editor, admin_of):
    html = admin_of(editor).get(REPORT).content.decode()
    for title in ("Without words", "Bare section", "loom.png"):
        assert title in html
    for title in ("Complete", "Unfinished", "Described", "Ornament"):
        assert title not in html
    image = CustomImage.objects.get(title="loom.png")
    assert reverse("wagtailimages:edit", args=[image.pk]) in html


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?check=images-without-description", "loom.png", "Without words"),
        ("?check=without-summary", "Without words", "loom.png"),
        ("?check=nonsense", "Without words", "nothing hidden"),
        ("?p=1", "Without words", "nothing hidden"),
    ],
)
def test_the_report_filters(query, shown, hidden, found, editor, admin_of):
    response = admin_of(editor).get(f"{REPORT}results/{query}")
    assert response.status_code == 200
    assert shown in response.content.decode()
    assert hidden not in response.content.decode()


def test_the_report_can_be_taken_away_as_a_file(found, editor, admin_of):
    response = admin_of(editor).get(f"{REPORT}?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert "Without words" in text


def test_the_dashboard_says_how_much_there_is(found, editor, moderator, admin_of):
    html = admin_of(editor).get("/admin/").content.decode()
    assert "Pages without a summary: 2" in html
    assert f"{REPORT}?check=without-summary" in html
    assert "Pages without a summary" not in admin_of(moderator).get("/admin/").content.decode()


def test_it_is_for_who_may_edit_pages(found, moderator, member, client, admin_of):
    for user in (moderator, member):
        response = admin_of(user).get(REPORT)
        assert response.status_code in {302, 404}
    assert client.get(REPORT).status_code == 302


def test_every_registered_check_can_be_counted(found):
    names = [check.name for check in content_checks.registered()]
    assert len(names) == len(set(names)) >= 3
    for check in content_checks.registered():
        assert check.count() >= 0
        assert str(check.label)
        assert content_checks.named(check.name) is check
