"""Pieces of pages that are rendered once for each set of values."""

import pytest
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.remembered import remembered


@pytest.fixture
def rendered():
    return []


@pytest.fixture
def piece(rendered):
    @remembered
    def piece(*, text, number=1):
        rendered.append((text, number))
        return format_html("<p>{} {}</p>", text, number)

    return piece


def test_the_same_values_are_rendered_once(piece, rendered):
    assert {piece(text="a", number=2) for _ in range(3)} == {"<p>a 2</p>"}
    assert rendered == [("a", 2)]


@pytest.mark.parametrize("other", [{"text": "b"}, {"text": "a", "number": 2}])
def test_other_values_are_another_piece(piece, other):
    assert piece(text="a") != piece(**other)


def test_a_text_is_never_taken_for_html_of_the_same_letters(piece):
    html = "<b>bold</b>"
    assert piece(text=SafeString(html)) == "<p><b>bold</b> 1</p>"
    assert piece(text=html) == "<p>&lt;b&gt;bold&lt;/b&gt; 1</p>"
    assert piece(text=SafeString(html)) == "<p><b>bold</b> 1</p>"


def test_true_is_not_one(piece, rendered):
    piece(text="a", number=1)
    piece(text="a", number=True)
    assert len(rendered) == 2


def test_each_language_has_its_own(rendered):
    @remembered
    def name(*, code):
        return format_html("{}", f"{code} in {translation.get_language()}")

    seen = set()
    for language in ("en", "fr", "en"):
        with translation.override(language):
            seen.add(name(code="x"))
    assert seen == {"x in en", "x in fr"}


def test_who_works_on_a_template_sees_it_change(piece, rendered, settings):
    settings.DEBUG = True
    piece(text="a")
    piece(text="a")
    assert len(rendered) == 2
