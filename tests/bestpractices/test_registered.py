"""What search, the home page and the reports see of practices."""

import re
from datetime import date, datetime, time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime, make_aware
from wagtail.models import PageViewRestriction

from bestpractices.models import BestPracticePage
from core import content_checks, searchable, slots
from core.audiences import MEMBERS, PUBLIC
from tests.factories.bestpractices import (
    make_case_study,
    make_practice,
    make_practice_index,
)

pytestmark = pytest.mark.django_db


def entry_of(page):
    known = searchable.for_model(type(page))
    return known.entry(known.queryset().get(pk=page.pk))


class TestSearch:
    def test_a_practice_can_be_found(self, practice):
        entry = entry_of(practice)
        assert entry.kind == "practice"
        assert entry.language == "en"
        assert entry.title == practice.title
        assert entry.url == practice.url
        assert entry.audience == {PUBLIC}
        assert entry.summary == practice.listing_summary
        assert entry.headings.split("\n") == ["How it works", "repair", "second hand"]
        assert entry.organisation == "A cooperative shop (sample)"
        assert localtime(entry.date).date() == practice.last_reviewed_on
        assert entry.is_sample
        assert {facet: set(codes) for facet, codes in entry.facets.items()} == {
            "value_chain": {"fashion_textile", "circular_economy"},
            "strategy": {"longevity"},
            "region": {"ES51"},
            "country": {"ES"},
            "sector": {"95.29"},
            "tag": {"repair", "second hand"},
            "year": {"2022"},
        }

    def test_it_is_as_fresh_as_its_last_review_else_as_its_publication(self, practice):
        for day in (date(2024, 5, 6), None):
            practice.last_reviewed_on = day
            practice.save_revision().publish()
            practice.refresh_from_db()
            reviewed = day and make_aware(datetime.combine(day, time.min))
            assert entry_of(practice).date == (reviewed or practice.last_published_at)

    @pytest.mark.parametrize(
        "text",
        [
            "Torn clothes were thrown away.",
            "A sewing machine stands beside the till.",
            "One machine, two people.",
            "Ten times as many repairs.",
            "Nobody knew the price of a zip.",
            "Any shop with a spare corner.",
            "Well documented.",
            "Garments repaired",
            "Counted at the till",
        ],
    )
    def test_every_text_can_be_found_as_plain_text(self, practice, text):
        body = entry_of(practice).body
        assert text in body
        assert "<" not in body

    def test_a_contact_cannot(self, practice):
        assert "example.org" not in repr(entry_of(practice))
        assert "Shop manager" not in repr(entry_of(practice))

    def test_a_case_study_goes_by_its_organisation(self, index):
        entry = entry_of(make_case_study(index, main_institution="Somebody else"))
        assert entry.kind == "case_study"
        assert entry.organisation == "Yantra Sewing Room (sample)"
        assert entry.facets == {}

    def test_a_restriction_is_carried_along(self, practice):
        PageViewRestriction.objects.create(page=practice, restriction_type="login")
        assert entry_of(practice).audience == {MEMBERS}

    def test_a_draft_has_no_entry(self, index):
        draft = make_practice(index, live=False)
        known = searchable.for_model(BestPracticePage)
        assert known.entry(draft) is None
        assert not known.queryset().filter(pk=draft.pk).exists()

    def test_a_page_in_the_making_is_read_from_memory(self, index):
        seen = []

        def look(sender, instance, **kwargs):
            seen.append(searchable.for_model(sender).entry(instance).facets)

        from django.db.models.signals import post_save

        post_save.connect(look, sender=BestPracticePage)
        try:
            make_practice(index, tags=["wool"], value_chains=["digital"])
        finally:
            post_save.disconnect(look, sender=BestPracticePage)
        assert seen[0] == {"tag": ["wool"], "value_chain": ["digital"]}


class TestHomeSlot:
    def content(self, rf, user=None, **kwargs):
        request = rf.get("/en/")
        request.user = user or AnonymousUser()
        return slots.content("home.practices", request, **kwargs)

    @staticmethod
    def titles(context):
        return re.findall(r'class="card__link"[^>]*>([^<]+)<', context["grid"])

    def test_the_newest_come_first(self, rf, index):
        for number in range(5):
            make_practice(index, title=f"Practice {number}")
        _template, context = self.content(rf, limit=3)
        assert self.titles(context) == ["Practice 4", "Practice 3", "Practice 2"]
        assert context["index_url"] == index.url

    def test_only_what_the_reader_may_read(self, rf, index, member):
        page = make_practice(index)
        make_practice(index, title="Draft", live=False)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert self.content(rf) is None
        _template, context = self.content(rf, member)
        assert self.titles(context) == [page.title]

    def test_nothing_without_practices(self, rf, home_page):
        make_practice_index(home_page)
        assert self.content(rf) is None


@pytest.mark.parametrize(
    ("fields", "falls_short"),
    [
        ({}, True),
        ({"evidence_text": '<p data-block-key="x"></p><p></p>'}, True),
        ({"evidence_text": "<p>Fewer returns.</p>"}, False),
        ({"indicators": [{"name": "Returns", "after": 2, "how_measured": "Till"}]}, False),
        ({"live": False}, False),
    ],
)
def test_a_practice_without_evidence_is_reported(index, fields, falls_short):
    page = make_practice(index, **fields)
    check = content_checks.named("practices-without-evidence")
    assert list(check.queryset().values_list("pk", flat=True)) == ([page.pk] if falls_short else [])
    assert check.count() == int(falls_short)
