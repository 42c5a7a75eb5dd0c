"""The blocks of bodies: each shows its sample, keeps the rules of the site, and says what it holds."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale

from core.blocks.body import BodyBlock, contents, headings, plain_text
from core.blocks.links import LinkBlock
from core.blocks.tables import TableBlock
from core.blocks.targets import readable_pages, validate_address
from tests.factories.home import make_image, make_page, restrict

BODY = BodyBlock()
NAMES = list(BODY.child_blocks)

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=|<style", re.IGNORECASE)
ELSEWHERE = re.compile(r"<(?:iframe|embed|object|img|source|link)[^>]+https?://", re.IGNORECASE)


def body(*blocks):
    return BODY.to_python([{"type": kind, "value": value} for kind, value in blocks])


def rendered(name, value, user=None):
    request = RequestFactory().get("/en/")
    request.user = user or AnonymousUser()
    block = BODY.child_blocks[name]
    return block.render(block.normalize(block.to_python(value)), context={"request": request})


class TestEveryBlock:
    @pytest.fixture
    def images(self, db):
        return [make_image(f"Weave {number}") for number in range(3)]

    @pytest.mark.parametrize("name", NAMES)
    def test_shows_its_sample_with_nothing_inline_and_nothing_from_elsewhere(self, name, images):
        block = BODY.child_blocks[name]
        html = block.render(block.get_preview_value())
        assert html.strip()
        for forbidden in (INLINE_SCRIPT, INLINE_HANDLER, INLINE_STYLE, ELSEWHERE):
            assert not forbidden.search(html), html

    @pytest.mark.parametrize("name", NAMES)
    def test_tells_editors_what_it_is(self, name):
        block = BODY.child_blocks[name]
        assert block.is_previewable
        assert block.get_description()
        assert block.meta.icon != "placeholder"
        assert block.meta.template == f"blocks/{name}.html"

    @pytest.mark.parametrize("name", NAMES)
    def test_its_sample_is_valid_input(self, name, images):
        block = BODY.child_blocks[name]
        block.clean(block.get_preview_value())

    @pytest.mark.parametrize("name", NAMES)
    def test_can_be_previewed_in_the_admin(self, name, images, client_for, administrator, settings):
        from home.models import StandardPage

        settings.MFA_REQUIRED_FOR_STAFF = False
        block = StandardPage._meta.get_field("body").stream_block.child_blocks[name]
        response = client_for(administrator).get(
            "/admin/block-preview/", {"id": block.definition_prefix}
        )
        assert response.status_code == 200
        assert b"css/article" in response.content


class TestHeadings:
    def test_every_heading_has_an_id_of_its_own_in_its_own_script(self):
        value = body(
            ("heading", {"text": "What was done", "level": "h2"}),
            ("text", "<p>Sorting.</p>"),
            ("heading", {"text": "What was done", "level": "h3"}),
            ("heading", {"text": "Какво направихме", "level": "h2"}),
            ("heading", {"text": "???", "level": "h2"}),
        )
        assert contents(value) == [
            {"title": "What was done", "anchor": "what-was-done", "level": 2},
            {"title": "What was done", "anchor": "what-was-done-2", "level": 3},
            {"title": "Какво направихме", "anchor": "какво-направихме", "level": 2},
            {"title": "???", "anchor": "section", "level": 2},
        ]
        html = BODY.render(value)
        for item in contents(value):
            assert f'<h{item["level"]} id="{item["anchor"]}">' in html

    def test_the_contents_list_links_to_them(self):
        value = body(("heading", {"text": "What was done", "level": "h2"}))
        html = render_to_string("components/toc.html", {"items": contents(value)})
        assert 'href="#what-was-done"' in html

    def test_text_for_search_holds_what_is_read_and_no_links(self):
        value = body(
            ("heading", {"text": "Sorting", "level": "h3"}),
            ("text", "<p>Wool &amp; <b>cotton</b></p>"),
            ("quote", {"text": "No more fire", "attribution": "A mill"}),
            ("links", [{"url": "https://example.org/", "title": "Hidden title", "text": ""}]),
        )
        text = plain_text(value)
        assert headings(value) == "Sorting"
        for piece in ("Sorting", "Wool & cotton", "No more fire", "A mill"):
            assert piece in text
        for piece in ("Hidden", "h3", "Heading"):
            assert piece not in text


class TestTables:
    VALUE = TableBlock().meta.preview_value

    def test_headers_are_headers_and_numbers_follow_the_language(self):
        with translation.override("fr"):
            html = rendered("table", self.VALUE)
        assert "<caption>Weights by fibre, tonnes a year</caption>" in html
        assert html.count('scope="col"') == 3
        assert '<th scope="row">Wool</th>' in html
        assert "31,5" in html

    @pytest.mark.parametrize("caption", ["", "  "])
    def test_needs_a_caption(self, caption):
        block = TableBlock()
        with pytest.raises(ValidationError):
            block.clean(block.to_python({**self.VALUE, "caption": caption}))

    def test_its_texts_are_translated_and_its_numbers_kept(self):
        block = BODY.child_blocks["table"]
        value = block.to_python(self.VALUE)
        segments = block.get_translatable_segments(value)
        for segment in segments:
            segment.string = type(segment.string).from_plaintext(f"[{segment.render_text()}]")
        other = block.restore_translated_segments(value, segments)
        assert other.caption == "[Weights by fibre, tonnes a year]"
        assert [column["heading"] for column in other.columns] == ["[Fibre]", "[Before]", "[After]"]
        assert [str(cell) for cell in other.row_data[0]["values"]] == ["[Wool]", "31.5", "8"]
        assert value.caption == "Weights by fibre, tonnes a year"


class TestFigures:
    pytestmark = pytest.mark.django_db

    def test_formats_sizes_and_lazy_loading(self):
        image = make_image(credit="A sample weaver")
        html = rendered("figure", {"image": image.pk, "caption": "Cloth"})
        for part in ("image/avif", "image/webp", 'loading="lazy"', "sizes=", "A sample weaver"):
            assert part in html
        assert 'alt="A plain weave in two colours"' in html

    def test_the_place_can_have_an_alternative_text_of_its_own(self):
        image = make_image()
        html = rendered("figure", {"image": image.pk, "alt": "The mill's cloth", "caption": ""})
        assert 'alt="The mill&#x27;s cloth"' in html
        assert "plain weave" not in html

    def test_a_decorative_image_is_passed_over(self):
        image = make_image("Ornament", is_decorative=True)
        assert 'alt=""' in rendered("figure", {"image": image.pk})

    def test_a_deleted_image_leaves_no_trace(self):
        image = make_image()
        pk = image.pk
        image.delete()
        assert "<figure" not in rendered("figure", {"image": pk, "caption": "Gone"})


class TestLinks:
    pytestmark = pytest.mark.django_db

    @pytest.mark.parametrize("name", ["links", "call_to_action"])
    def test_hidden_pages_are_hidden_from_who_may_not_read_them(self, name, home_page, member):
        open_page = make_page(home_page, "Open")
        closed = restrict(make_page(home_page, "Closed"))
        draft = make_page(home_page, "Draft", live=False)

        def html(page, user=None):
            link = {"page": page.pk, "url": "", "text": "Go on"}
            value = [link] if name == "links" else {**link, "label": "Open it"}
            return rendered(name, value, user)

        assert "href" in html(open_page)
        assert not html(closed).strip()
        assert "href" in html(closed, member)
        assert not html(draft, member).strip()

    def test_a_link_takes_the_readers_language_where_a_translation_may_be_read(self, home_page):
        french = Locale.objects.get(language_code="fr")
        page = make_page(home_page, "About")
        translated = page.copy_for_translation(french, copy_parents=True)
        translated.title = "À propos"
        translated.save_revision().publish()
        draft = make_page(home_page, "Contact")
        draft.copy_for_translation(french)
        with translation.override("fr"):
            found = readable_pages([page, draft], AnonymousUser())
        assert found[page.pk].title == "À propos"
        assert found[draft.pk] == draft

    @pytest.mark.parametrize(
        ("value", "valid"),
        [
            ({"url": "https://example.org/"}, True),
            ({"url": "/forum/"}, True),
            ({"page": True}, True),
            ({}, False),
            ({"page": True, "url": "https://example.org/"}, False),
            ({"url": "javascript:alert(1)"}, False),
            ({"url": "//example.org/"}, False),
            ({"url": "/\\example.org/"}, False),
            ({"url": "forum/"}, False),
        ],
    )
    def test_a_link_leads_to_one_place(self, value, valid, home_page):
        block = LinkBlock()
        if value.get("page"):
            value = {**value, "page": home_page.pk}
        given = block.to_python({"title": "", "text": "", **value})
        if valid:
            block.clean(given)
        else:
            with pytest.raises(ValidationError):
                block.clean(given)

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("/forum/", "/fr/forum/"),
            ("/es/forum/", "/es/forum/"),
            ("https://example.org/", "https://example.org/"),
        ],
    )
    def test_a_place_of_the_site_takes_the_readers_language(self, address, shown):
        validate_address(address)
        with translation.override("fr"):
            assert f'href="{shown}"' in rendered("links", [{"url": address, "title": "Go"}])


# Real commits: inside a transaction that changed content nothing shared is kept.
@pytest.mark.django_db(transaction=True)
def test_ten_links_cost_as_much_as_one(home_page, django_assert_max_num_queries):
    pages = [make_page(home_page, f"Page {number}") for number in range(10)]
    value = [{"page": page.pk, "url": ""} for page in pages]
    rendered("links", value)
    with CaptureQueriesContext(connection) as one:
        rendered("links", value[:1])
    with django_assert_max_num_queries(len(one)):
        html = rendered("links", value)
    assert html.count("<a ") == 10
