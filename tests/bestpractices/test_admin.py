"""What editors meet in the admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from bestpractices.models import BestPracticePage, CaseStudyPage
from tests.factories.bestpractices import make_practice_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The second factor is tested with the accounts."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def admin(client_for, administrator):
    return client_for(administrator)


def form(**fields):
    filled = {
        "title": "Shared cutting waste",
        "slug": "shared-cutting-waste",
        "listing_summary": "One round, eleven workshops.",
        "challenge": rich_text("<p>Nobody fetched small amounts.</p>"),
        "resources_needed": rich_text(""),
        "evidence_text": rich_text(""),
        "challenges_encountered": rich_text(""),
        "potential_for_transfer": rich_text(""),
        "expert_opinion": rich_text(""),
        "description": streamfield([]),
        "further_information": streamfield([]),
        "indicators": inline_formset([]),
        "licence": "CC-BY-4.0",
        "comments": inline_formset([]),
        "tags": "",
    }
    # A list in nested form data would become one field for each of its entries.
    lists = {name: fields.pop(name) for name in list(fields) if isinstance(fields[name], list)}
    return {**nested_form_data({**filled, **fields}), **lists}


def create(admin, index, **fields):
    url = reverse("wagtailadmin_pages:add", args=["bestpractices", "bestpracticepage", index.pk])
    return admin.post(url, form(**fields))


@pytest.mark.parametrize("model", [BestPracticePage, CaseStudyPage])
def test_the_form_opens(admin, index, model):
    name = model._meta.model_name
    url = reverse("wagtailadmin_pages:add", args=["bestpractices", name, index.pk])
    response = admin.get(url)
    assert response.status_code == 200
    assert "w-tabs" in response.content.decode()


def test_one_list_below_a_home_page_is_enough(admin, home_page):
    url = reverse(
        "wagtailadmin_pages:add", args=["bestpractices", "practiceindexpage", home_page.pk]
    )
    assert admin.get(url).status_code == 200
    make_practice_index(home_page)
    assert admin.get(url).status_code != 200


def test_a_page_can_be_edited(admin, practice):
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[practice.pk]))
    assert response.status_code == 200
    content = response.content.decode()
    for tab in ("Text", "Key facts", "Evidence", "Source, review, sharing", "Settings"):
        assert tab in content


def test_an_editor_fills_in_the_form(admin, index):
    response = create(
        admin,
        index,
        value_chains=["circular_economy"],
        tags="waste, sharing",
        period_start="2023-05-01",
        ongoing="on",
        region="PT11",
        indicators=inline_formset(
            [
                {
                    "name": "Waste",
                    "unit": "t a year",
                    "before": "171",
                    "after": "49",
                    "how_measured": "Scale",
                }
            ]
        ),
    )
    page = BestPracticePage.objects.get(slug="shared-cutting-waste")
    assert response.status_code == 302
    draft = page.get_latest_revision_as_object()
    assert draft.country_id == "PT"
    assert {row.pk for row in draft.value_chains.all()} == {"circular_economy"}
    assert {tag.name for tag in draft.tags.all()} == {"waste", "sharing"}
    assert [row.after for row in draft.indicators.all()] == [49]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": "x" * 101}, "title"),
        ({"period_start": "2024-02-01", "period_end": "2024-01-01"}, "period_end"),
        ({"period_end": "2024-01-01", "ongoing": "on"}, "period_end"),
        ({"region": "ES51", "country": "PT"}, "region"),
        ({"period_start": "soon"}, "period_start"),
        ({"contact_email": "nobody"}, "contact_email"),
    ],
)
def test_a_mistake_is_said_at_its_field(admin, index, fields, at):
    response = create(admin, index, **fields)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {at}
    assert not BestPracticePage.objects.filter(slug="shared-cutting-waste").exists()


def test_an_indicator_without_a_result_cannot_be_published(admin, index):
    response = create(
        admin,
        index,
        indicators=inline_formset([{"name": "Waste", "unit": "t", "how_measured": "Scale"}]),
        **{"action-publish": "1"},
    )
    assert response.status_code == 200
    assert response.context["form"].formsets["indicators"].errors[0].keys() == {"after"}


def test_members_do_not_enter(client_for, member, practice):
    response = client_for(member).get(reverse("wagtailadmin_pages:edit", args=[practice.pk]))
    assert response.status_code in {302, 403}
