"""The components: each one is documented, renders, and brings no inline style or script."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.safestring import mark_safe
from django.utils.translation import override

from core.styleguide import SampleForm, samples, styleguide
from core.templatetags.core_numbers import plain_number

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SHARED = [
    TEMPLATES / "base.html",
    *(
        path
        for part in ("components", "navigation")
        for path in sorted((TEMPLATES / part).glob("*.html"))
    ),
]
SAMPLES = samples()

CARD = {
    "url": "/a/",
    "title": "A <b> title",
    "eyebrow": "Kind",
    "summary": "A summary",
    "badge": "Sample",
    "lang": "fr",
    "heading": "h2",
}
CARD_PARTS = [
    'href="/a/"',
    "A &lt;b&gt; title",
    "Kind",
    "A summary",
    "badge--sample",
    'lang="fr"',
    "</h2>",
]

# component: (variables, what must be in the result)
CASES = {
    "attachments": (
        {
            "files": [
                {"url": "/a/", "name": "a.webp", "is_image": True, "alt_text": "A loom"},
                {"url": "/b/", "name": "<b>.pdf", "size": 2048, "is_image": False},
            ]
        },
        ['alt="A loom"', "&lt;b&gt;.pdf", 'href="/b/"'],
    ),
    "avatar": ({"name": "Sample"}, [">S<", 'aria-hidden="true"']),
    "badge": ({"text": "New", "tone": "info"}, ["badge--info", "New"]),
    "bars": (
        {"indicators": SAMPLES["indicators"]},
        ["51.5 t a year", 'width="25%"', 'width="100%"', "Weighbridge", "2,400 kg"],
    ),
    "breadcrumbs": ({"trail": SAMPLES["trail"]}, ["<nav", "Practices"]),
    "button": ({"text": "Save", "name": "act", "value": "save"}, ['type="submit"', 'value="save"']),
    "card": ({**CARD, "meta": "Norte"}, [*CARD_PARTS, "Norte"]),
    "card--event": (
        {
            **CARD,
            "day": "3",
            "month": "Oct",
            "datetime": "2027-10-03",
            "state": "Cancelled",
            "place": "Prato",
        },
        [*CARD_PARTS, 'datetime="2027-10-03"', "card--off", "Cancelled", "Prato"],
    ),
    "card--practice": (
        {**CARD, "place": "Norte", "tags": ["Wool"]},
        [*CARD_PARTS, "Norte", "Wool"],
    ),
    "card--topic": (
        {
            **CARD,
            "category": "Materials",
            "author": "Ana",
            "replies": 1,
            "unit": "reply",
            "when": "today",
            "unread_url": "/new/",
        },
        [
            'href="/a/"',
            "Materials",
            "1</span>",
            ">reply<",
            "today",
            "topic-row--unread",
            'href="/new/"',
        ],
    ),
    "empty": (
        {"title": "Nothing", "text": "Why", "url": "/b/", "link_text": "On"},
        ["Nothing", "/b/"],
    ),
    "event-date": (
        {"day": "3", "month": "Oct", "year": "2027", "datetime": "2027-10-03"},
        ["<time", "Oct"],
    ),
    "facts": (
        {"items": SAMPLES["facts"], "title": "Key facts"},
        ["<dt>Region", "Norte", "Key facts"],
    ),
    "field-optional": ({"required": False}, ["(optional)"]),
    "filters": (
        {
            "groups": SAMPLES["groups"],
            "action": "/l/",
            "hidden": [{"name": "q", "value": "wool"}],
            "target": "list",
        },
        ['action="/l/"', "checked", "<select", 'name="q" value="wool"', 'hx-target="#list"', "(4)"],
    ),
    "form-errors": ({"form": SAMPLES["invalid_form"]}, ['role="alert"', 'href="#id_email"']),
    "hero": ({"title": "T", "lead": "L", "url": "/a/", "link_text": "Go"}, ["<h1", "L", "Go"]),
    "key-figure": (
        {"value": 38, "unit": "t", "label": "saved", "source": "Own", "source_url": "/s/"},
        ["38", "saved", 'href="/s/"'],
    ),
    "lang-switch": ({"links": SAMPLES["languages"]}, ['lang="bg"', 'aria-current="true"']),
    "messages": ({"messages": []}, ["<section"]),
    "meta-line": (
        {"author": "Ana", "place": "Norte", "date": date(2024, 3, 12), "minutes": 4},
        ["Ana", 'datetime="2024-03-12', "4 minutes"],
    ),
    "notice": ({"text": "Careful", "tone": "danger"}, ["Careful", 'role="alert"']),
    "page-header": (
        {
            "title": "T",
            "lead": "L",
            "eyebrow": "E",
            "trail": SAMPLES["trail"],
            "weave": "basket",
            "badge": "Sample",
        },
        ["<h1", "weave--basket", "badge--sample", "Home"],
    ),
    "pager": ({"next_url": "?after=3", "next_text": "Older"}, ["Older", 'rel="next"']),
    "pagination": (
        {"page_obj": SAMPLES["page_obj"], "query": "q=a&b=c"},
        ["Page 3 of 8", "q=a&amp;b=c&amp;page=2", "page=4"],
    ),
    "picture": ({"image": None}, []),
    "post": (
        {
            "number": 2,
            "anchor": "post-2",
            "place": "post 2",
            "author": "Ana",
            "body": mark_safe("<p>Hi</p>"),
            "url": "#post-2",
            "state": "Waiting",
        },
        ['id="post-2"', "<p>Hi</p>", "post--waiting"],
    ),
    "reactions": (
        {
            "place": "post 2",
            "label": "Reactions to post 2",
            "pk": 7,
            "url": "/react/",
            "options": SAMPLES["reactions"],
        },
        ['aria-pressed="true"', 'id="react-7-thanks"', 'formaction="/react/"', ", 3 members"],
    ),
    "quote": (
        {"text": "Said", "author": "Ana", "role": "Weaver", "lang": "fr"},
        ["<blockquote", 'lang="fr"', "Weaver"],
    ),
    "search-form": (
        {"action": "/s/", "value": 'a"b', "id": "x"},
        ['for="x"', "a&quot;b", 'role="search"'],
    ),
    "search-result": (
        {
            **CARD,
            "kind": "Practice",
            "snippet": mark_safe("a <mark>b</mark>"),
            "place": "Catalonia, Spain",
            "date": "3 May 2026",
            "datetime": "2026-05-03",
            "is_ahead": True,
            "is_solved": True,
            "matched": "Català",
            "rank": 7,
        },
        [
            *("Practice", "<mark>b</mark>", 'lang="fr"', "Catalonia, Spain", "Upcoming", "Solved"),
            *('datetime="2026-05-03"', "same meaning (Català)", 'data-rank="7"'),
        ],
    ),
    "section-heading": (
        {"title": "T", "url": "/a/", "link_text": "All", "id": "t"},
        ['id="t"', "All"],
    ),
    "social": ({"title": "T", "description": "D", "site_name": "S"}, ['content="D"', "og:image"]),
    "tag": ({"text": "Wool", "url": "/t/"}, ['href="/t/"']),
    "timeline": ({"items": SAMPLES["steps"]}, ["<ol", "Survey", "March"]),
    "toc": ({"items": SAMPLES["contents"]}, ['href="#sorting"', "toc__item--deep"]),
}


def test_every_component_has_a_case():
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} == set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_component_renders_what_it_documents(name):
    variables, parts = CASES[name]
    with override("en"):
        html = render_to_string(f"components/{name}.html", dict(variables))
    assert [part for part in parts if part not in html] == []


@pytest.mark.parametrize("name", sorted(CASES))
def test_component_documents_its_variables(name):
    source = (TEMPLATES / "components" / f"{name}.html").read_text()
    comments = " ".join(
        re.findall(r"{#(.*?)#}|{% comment %}(.*?){% endcomment %}", source, re.S)[0]
    )
    undocumented = [
        key for key in CASES[name][0] if key not in comments and "as in card.html" not in comments
    ]
    assert undocumented == []


@pytest.mark.parametrize("name", sorted(CASES))
def test_component_renders_with_nothing(name):
    render_to_string(f"components/{name}.html", {})


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts],
    ids=lambda path: path.stem,
)
def test_no_inline_style_or_script(path):
    source = path.read_text()
    inline = re.findall(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", source)
    scripts = [
        tag
        for tag in re.findall(r"<script[^>]*>", source)
        if "src=" not in tag and "application/ld+json" not in tag and "application/json" not in tag
    ]
    assert inline + scripts == []


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_shared_templates_hold_no_untranslated_text(path):
    source = path.read_text()
    source = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", source, flags=re.S)
    source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.S)
    source = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.S)
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", source, flags=re.S))
    assert words == []


def test_field_names_its_help_and_its_error():
    html = str(SampleForm({"email": "x"})["email"].as_field_group())
    assert 'for="id_email"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_field_says_so():
    html = str(SampleForm()["country"].as_field_group())
    assert "(optional)" in html
    assert "(optional)" not in str(SampleForm()["name"].as_field_group())


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("51.50", "en", "51.5"),
        ("51.50", "fr", "51,5"),
        (2400, "en", "2,400"),
        (100, "en", "100"),
        ("1E+3", "en", "1,000"),
        ("NaN", "en", "NaN"),
        ("about 5", "en", "about 5"),
        (None, "en", ""),
    ],
)
def test_plain_number(value, language, text):
    with override(language):
        assert plain_number(value) == text


@pytest.mark.django_db
@override_settings(DEBUG=True)
@pytest.mark.parametrize("theme", ["light", "dark", "system", "<script>"])
def test_styleguide_shows_every_component_in_the_chosen_theme(rf, theme, admin_user, site):
    request = rf.get("/styleguide/")
    request.COOKIES["theme"] = theme
    request.user = admin_user
    request.session = {}
    request._messages = FallbackStorage(request)
    html = styleguide(request).content.decode()
    shown = theme if theme in ("light", "dark") else "system"
    assert f'data-theme="{shown}"' in html
    for block in (
        "card--event",
        "topic-row",
        "bars",
        "timeline",
        "form-errors",
        "filters",
        "empty",
        "hero",
    ):
        assert f'class="{block}' in html or f" {block}" in html
