"""The page of one practice."""

import html
import json
import re
from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation
from wagtail.models import PageViewRestriction

from bestpractices.detail import period
from bestpractices.models import BestPracticePage, CaseStudyPage, PracticeIndicator
from tests.factories.bestpractices import (
    make_case_study,
    make_full_practice,
    make_image,
    make_practice,
)

pytestmark = pytest.mark.django_db


def content_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(content):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content)))


def data_of(content):
    """The JSON-LD of a page, as a machine reads it."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.mark.parametrize(
    "text",
    [
        "Repair corner in the shop",
        "Makers pass on what they will not sew.",
        "A cooperative shop (sample)",
        "Barcelona, Spain",
        "Catalonia (ES51)",
        "March 2022 – ongoing",
        "95.29",
        "CC BY 4.0",
        "Torn clothes were thrown away.",
        "A sewing machine stands beside the till.",
        "One machine, two people.",
        "Ten times as many repairs.",
        "Garments repaired",
        "+800 %",
        "Counted at the till",
        "Nobody knew the price of a zip.",
        "Any shop with a spare corner.",
        "Well documented.",
        "Price list",
    ],
)
def test_everything_that_was_written_can_be_read(client, practice, text):
    assert text in text_of(content_of(client, practice))


def test_the_contents_list_leads_to_every_section(client, practice):
    content = content_of(client, practice)
    toc = re.search(r'<nav class="toc".*?</nav>', content, re.DOTALL)[0]
    anchors = re.findall(r'href="#([^"]+)"', toc)
    assert anchors == [
        "practice-challenge",
        "practice-body",
        "how-it-works",
        "practice-resources",
        "practice-evidence",
        "practice-encountered",
        "practice-transfer",
        "practice-opinion",
        "practice-links",
    ]
    for anchor in anchors:
        assert content.count(f'id="{anchor}"') == 1


def test_an_empty_section_has_no_heading(client, index):
    page = make_practice(index, challenge='<p data-block-key="a1b2c"></p>')
    content = content_of(client, page)
    assert "practice-challenge" not in content
    assert "practice-evidence" not in content
    assert 'class="toc"' not in content


def test_headings_follow_one_another(client, practice):
    levels = [int(level) for level in re.findall(r"<h(\d)", content_of(client, practice))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("start", "end", "is_ongoing", "said"),
    [
        (None, None, False, ""),
        (None, None, True, "ongoing"),
        (date(1937, 1, 1), None, True, "1937 – ongoing"),
        (date(2016, 3, 1), date(2018, 1, 1), False, "March 2016 – 2018"),
        (date(2016, 3, 17), None, False, "17 March 2016"),
    ],
)
def test_a_period_is_as_precise_as_it_is_known(start, end, is_ongoing, said):
    with translation.override("en"):
        assert period(start, end, is_ongoing) == said


class TestContact:
    def test_visitors_see_none(self, client, practice):
        content = content_of(client, practice)
        assert "repair@example.org" not in content
        assert "Shop manager" not in content
        assert "Members of the platform see whom to ask." in content

    def test_members_do(self, client_for, member, practice):
        content = content_of(client_for(member), practice)
        assert "mailto:repair@example.org" in content
        assert "Shop manager (sample)" in content


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"last_reviewed_on": date(2019, 5, 6)}, "last reviewed on 6 May 2019"),
        ({"last_reviewed_on": None}, "Nobody has reviewed this page yet"),
        ({}, None),
    ],
)
def test_a_page_that_is_due_for_review_says_so(client, index, fields, note):
    text = text_of(content_of(client, make_full_practice(index, **fields)))
    assert (note in text) if note else ("reviewed this page" not in text)


@pytest.mark.parametrize("is_sample", [True, False])
def test_a_sample_is_marked(client, index, is_sample):
    content = content_of(client, make_full_practice(index, is_sample=is_sample))
    assert ("badge--sample" in content) is is_sample


def test_a_source_is_named_and_linked(client, index):
    page = make_practice(index, source_name="A database", source_url="https://example.org/42")
    assert '<a href="https://example.org/42">A database</a>' in content_of(client, page)


class TestJsonLd:
    def test_it_says_what_the_page_says(self, client, index):
        page = make_full_practice(
            index, listing_image=make_image(), source_url="https://example.org/a"
        )
        data = data_of(content_of(client, page))
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == "Article"
        assert data["headline"] == page.title
        assert data["description"] == page.listing_summary
        assert data["url"] == data["mainEntityOfPage"] == page.full_url
        assert data["inLanguage"] == "en"
        assert data["author"] == {"@type": "Organization", "name": "A cooperative shop (sample)"}
        assert data["publisher"]["@type"] == "Organization"
        assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert data["isBasedOn"] == "https://example.org/a"
        assert data["contentLocation"] == {"@type": "Place", "name": "Barcelona, Spain"}
        assert "repair" in data["keywords"]
        assert data["image"].startswith("http")
        assert data["datePublished"] <= data["dateModified"]
        assert "repair@example.org" not in json.dumps(data)

    @pytest.mark.parametrize(
        "text", ["</script><b>", "<!--<script>", "A & B", "“quotes” \"'", "\u2028"]
    )
    def test_no_text_leaves_its_element(self, client, index, text):
        content = content_of(client, make_practice(index, title=text, slug="x"))
        assert data_of(content)["headline"] == text
        assert "</script><b>" not in content

    def test_what_is_unknown_is_left_out(self, client, index):
        data = data_of(content_of(client, make_practice(index)))
        assert None not in data.values()
        assert "" not in data.values()
        assert "image" not in data


class TestRelated:
    @pytest.fixture
    def around(self, index):
        near = {"value_chains": ["fashion_textile"], "circular_strategies": ["longevity"]}
        pages = {
            "nearest": make_practice(index, title="Nearest", tags=["repair"], **near),
            "near": make_case_study(index, title="Near", **near),
            "far": make_practice(index, title="Far", value_chains=["fashion_textile"]),
            "other": make_practice(index, title="Other", value_chains=["digital"]),
            "draft": make_practice(index, title="Draftcanary", live=False, tags=["repair"], **near),
            "members": make_practice(index, title="Membercanary", tags=["repair"], **near),
        }
        PageViewRestriction.objects.create(page=pages["members"], restriction_type="login")
        return pages

    def titles(self, content):
        return re.findall(r'<a class="card__link"[^>]*>(.*?)</a>', content)

    def test_the_nearest_come_first(self, client, around, practice):
        assert self.titles(content_of(client, practice)) == ["Nearest", "Near"]

    def test_members_see_theirs(self, client_for, member, around, practice):
        found = self.titles(content_of(client_for(member), practice))
        assert set(found) == {"Nearest", "Near", "Membercanary"}

    def test_no_draft_anywhere(self, client, client_for, member, around, practice):
        for browser in (client, client_for(member)):
            assert "Draftcanary" not in content_of(browser, practice)

    def test_nothing_related_no_heading(self, client, practice):
        assert "Related practices" not in content_of(client, practice)


class TestPracticesUsed:
    def test_both_pages_lead_to_each_other(self, client, index, practice):
        study = make_case_study(index, practices_used=[practice])
        assert f'<a href="{practice.url}">{practice.title}</a>' in content_of(client, study)
        assert f'<a href="{study.url}">{study.title}</a>' in content_of(client, practice)

    def test_they_keep_the_order_of_the_editor(self, client, index):
        used = [make_practice(index, title=name) for name in ("Zip", "Button", "Hook")]
        content = content_of(client, make_case_study(index, practices_used=used))
        part = content[content.index('id="practice-used"') :]
        assert re.findall(r">(Zip|Button|Hook)<", part)[:3] == ["Zip", "Button", "Hook"]

    def test_a_hidden_one_is_not_named(self, client, client_for, member, index, practice):
        draft = make_practice(index, title="Draftcanary", live=False)
        members = make_practice(index, title="Membercanary")
        PageViewRestriction.objects.create(page=members, restriction_type="login")
        study = make_case_study(index, practices_used=[draft, members, practice])
        assert "canary" not in content_of(client, study)
        content = content_of(client_for(member), study)
        assert "Membercanary" in content
        assert "Draftcanary" not in content

    def test_a_hidden_case_study_is_not_named(self, client, index, practice):
        make_case_study(index, title="Draftcanary", live=False, practices_used=[practice])
        assert "canary" not in content_of(client, practice)


def test_a_case_study_shows_its_organisation_and_figures(client, index):
    study = make_case_study(
        index,
        key_figures=[
            {
                "type": "figure",
                "value": {
                    "value": "740",
                    "unit": "garments",
                    "label": "mended",
                    "source": "Own count",
                },
            }
        ],
        story=[{"type": "text", "value": "<p>Seven tall windows.</p>"}],
    )
    text = text_of(content_of(client, study))
    for said in ("Yantra Sewing Room (sample)", "740 garments", "mended", "Seven tall windows."):
        assert said in text


@pytest.mark.parametrize("reader", ["visitor", "applicant", "member"])
def test_a_restricted_page_is_missing_for_others(client_for, member, practice, reader):
    PageViewRestriction.objects.create(page=practice, restriction_type="login")
    if reader == "applicant":
        member.approved_at = None
        member.save()
    browser = client_for(None if reader == "visitor" else member)
    assert browser.get(practice.url).status_code == (200 if reader == "member" else 404)


def test_the_first_image_loads_at_once_and_the_others_later(client, index):
    near = {"tags": ["repair"], "listing_image": make_image()}
    page = make_full_practice(index, **near)
    make_practice(index, title="Nearest", **near)
    images = re.findall(r"<img[^>]*>", content_of(client, page))
    assert 'fetchpriority="high"' in images[0]
    assert "lazy" not in images[0]
    assert len(images) == 2
    assert 'loading="lazy"' in images[1]


def test_a_picture_comes_in_three_formats(client, index):
    content = content_of(client, make_practice(index, listing_image=make_image()))
    for kind in ("avif", "webp", "jpeg"):
        assert f".format-{kind}." in content
    assert 'alt="A plain weave in two colours"' in content


class TestPreview:
    """Editors see what they have not saved."""

    def preview(self, page, rf, administrator):
        request = rf.get("/")
        request.user = administrator
        response = page.make_preview_request(original_request=request)
        response.render()
        return response.content.decode()

    def test_a_draft_can_be_previewed(self, practice, rf, administrator):
        page = practice
        page.title = "Not yet public"
        page.tags.add("unsaved")
        page.indicators = [PracticeIndicator(name="Zips", after=3)]
        content = self.preview(page, rf, administrator)
        for said in ("Not yet public", ">unsaved</a>", "Zips"):
            assert said in content

    @pytest.mark.parametrize("model", [BestPracticePage, CaseStudyPage])
    def test_a_page_that_was_never_saved_can_be_previewed(self, index, rf, administrator, model):
        page = model(
            title="Brand new", slug="new", locale=index.locale, path=f"{index.path}ZZZZ", depth=4
        )
        page.set_url_path(index)
        assert "Brand new" in self.preview(page, rf, administrator)
