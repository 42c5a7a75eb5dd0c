"""What a practice may hold, and where an error stands."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page

from bestpractices.models import (
    BestPracticePage,
    CaseStudyPage,
    PracticeBase,
    PracticeIndexPage,
    PracticeIndicator,
)
from home.models import HomePage
from tests.factories.bestpractices import make_case_study, make_practice

pytestmark = pytest.mark.django_db


def unsaved(**fields):
    return BestPracticePage(title="A practice", slug="a-practice", path="x", depth=4, **fields)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"period_start": date(2024, 1, 2), "period_end": date(2024, 1, 1)}, "period_end"),
        ({"period_end": date(2024, 1, 1), "ongoing": True}, "period_end"),
        ({"country_id": "PT", "region_id": "ES51"}, "region"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"scope": "galactic"}, "scope"),
        ({"licence": "mine"}, "licence"),
    ],
)
def test_an_error_stands_at_its_field_and_nowhere_else(fields, at):
    with pytest.raises(ValidationError) as raised:
        unsaved(**fields).full_clean(exclude=["content_type", "path", "depth"])
    assert set(raised.value.message_dict) == {at}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"period_start": date(2024, 1, 1), "period_end": date(2024, 1, 1)},
        {"period_start": date(2024, 1, 1), "ongoing": True},
        {"period_end": date(2024, 1, 1)},
        {"country_id": "ES", "region_id": "ES51"},
    ],
)
def test_what_may_be(fields):
    unsaved(**fields).full_clean(exclude=["content_type", "path", "depth"])


def test_a_title_has_a_hundred_characters(index):
    page = make_practice(index, title="x" * 100)
    page.full_clean()
    page.title = "x" * 101
    with pytest.raises(ValidationError) as raised:
        page.full_clean()
    assert set(raised.value.message_dict) == {"title"}


def test_a_region_brings_its_country(index):
    page = make_practice(index, region_id="BG32")
    assert page.country_id == "BG"


@pytest.mark.parametrize(
    "fields",
    [
        {"period_start": date(2024, 1, 2), "period_end": date(2024, 1, 1), "ongoing": False},
        {"period_end": date(2024, 1, 1), "ongoing": True},
    ],
)
def test_the_database_holds_the_period_too(practice, fields):
    PracticeBase.objects.filter(pk=practice.pk).update(period_start=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeBase.objects.filter(pk=practice.pk).update(**fields)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (None, 5, ""),
        (0, 5, ""),
        (140, 1260, "+800 %"),
        (10, 10, "±0 %"),
        ("3.1", "1.9", "−39 %"),
        (1, 50000, "+4,999,900 %"),
        (-10, 5, "+150 %"),
    ],
)
def test_the_change_of_an_indicator(before, after, change):
    row = PracticeIndicator(before=before, after=after)
    row.before = (
        None if before is None else PracticeIndicator._meta.get_field("before").to_python(before)
    )
    row.after = PracticeIndicator._meta.get_field("after").to_python(after)
    assert row.change == change


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (PracticeIndexPage, {BestPracticePage, CaseStudyPage}),
        (BestPracticePage, set()),
        (CaseStudyPage, set()),
    ],
)
def test_what_may_stand_below(parent, children):
    assert set(parent.creatable_subpage_models()) == children


def test_where_the_pages_may_stand():
    assert PracticeIndexPage in HomePage.creatable_subpage_models()
    for model in (PracticeBase, BestPracticePage, CaseStudyPage):
        assert model not in HomePage.creatable_subpage_models()
    assert PracticeBase not in PracticeIndexPage.creatable_subpage_models()


def test_one_query_finds_both_kinds(index, django_assert_num_queries):
    practice, study = make_practice(index), make_case_study(index)
    with django_assert_num_queries(1):
        assert set(PracticeBase.objects.values_list("pk", flat=True)) == {practice.pk, study.pk}


@pytest.mark.parametrize("make", [make_practice, make_case_study])
def test_the_way_to_a_page_reads_all_of_it_at_once(index, make, rf, django_assert_num_queries):
    page = make(index, slug="here")
    with django_assert_num_queries(1):
        found = index.route(rf.get("/"), ["here"]).page
    assert type(found) is type(page)
    assert not found.get_deferred_fields()
    specific = Page.objects.get(pk=page.pk).specific
    for field in specific._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(specific, field.attname), field.name
