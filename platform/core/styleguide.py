"""The style guide: every component with sample data, served in development only."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from wagtail.images import get_image_model

COLOURS = {
    "paper": "The page.",
    "cloth": "What lies on it: header, panels, fields.",
    "linen": "Undyed: quiet grounds, the weft of every weave.",
    "ink": "Text.",
    "ink-soft": "Text of second rank.",
    "line-strong": "Edges of fields, rules.",
    "woad": "Blue. Links, buttons, the warp.",
    "madder": "Red. Eyebrows, errors, the one red thread.",
    "weld": "Yellow. Found words, selections.",
    "green": "Woad over weld: success.",
    "amber": "Warnings and samples.",
    "denim": "The footer.",
}

WEAVES = {
    "plain": "Plain weave: search, empty pages.",
    "basket": "Basket weave: the forum.",
    "twill": "Twill: practices and case studies.",
    "herringbone": "Herringbone: events.",
}


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(max_length=80)
    email = forms.EmailField(help_text="Other members never see it.")
    country = forms.ChoiceField(
        choices=[("", "Choose"), ("pt", "Portugal"), ("ro", "Romania")], required=False
    )
    about = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    languages = forms.MultipleChoiceField(
        choices=[("ca", "Català"), ("da", "Dansk"), ("fr", "Français")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    size = forms.ChoiceField(
        choices=[("micro", "Fewer than 10"), ("small", "10 to 49")], widget=forms.RadioSelect
    )
    photo = forms.FileField(required=False)
    terms = forms.BooleanField(label="I have read the house rules")


def samples() -> dict[str, Any]:
    """Sample values for every component, in the shapes that their templates document."""
    numbers = Paginator(range(96), 12)
    return {
        "colours": COLOURS,
        "weaves": WEAVES,
        "form": SampleForm(),
        "invalid_form": SampleForm({"email": "not an address", "languages": ["xx"]}),
        "page_obj": numbers.page(3),
        "trail": [{"title": "Home", "url": "#"}, {"title": "Practices", "url": "#"}],
        "tags": ["Fibre sorting", "Recycling"],
        "groups": [
            {
                "name": "strategy",
                "label": "Circular strategy",
                "options": [
                    {"value": "repair", "label": "Repair", "count": 7, "selected": True},
                    {
                        "value": "recycle",
                        "label": "Recycle fibre to fibre",
                        "count": 12,
                        "selected": False,
                    },
                    {
                        "value": "rethink",
                        "label": "Rethink the business model",
                        "count": 0,
                        "selected": False,
                    },
                ],
            },
            {
                "name": "country",
                "label": "Country",
                "type": "select",
                "options": [
                    {"value": "DK", "label": "Denmark", "count": 4, "selected": False},
                    {"value": "PT", "label": "Portugal", "count": 9, "selected": False},
                ],
            },
        ],
        "facts": [
            {"label": "Main institution", "value": "A knitting workshop"},
            {"label": "Region", "value": "Norte, Portugal", "url": "#"},
            {"label": "Period", "value": "2022, ongoing"},
            {"label": "Licence", "value": ""},
        ],
        "indicators": [
            {
                "name": "Cuttings sent to landfill",
                "unit": "t a year",
                "before": 51.5,
                "after": 13,
                "how_measured": "Weighbridge slips, twelve months each.",
            },
            {"name": "Yarn bought back", "unit": "kg", "before": 0, "after": 2400},
        ],
        "contents": [
            {"title": "The challenge", "anchor": "challenge", "level": 2},
            {"title": "What was done", "anchor": "done", "level": 2},
            {"title": "Sorting by fibre", "anchor": "sorting", "level": 3},
        ],
        "steps": [
            {
                "when": "March",
                "title": "Survey",
                "text": "Every workshop weighed its waste for a month.",
            },
            {"when": "September", "title": "Scanner", "text": "One machine, booked by the hour."},
        ],
        "languages": [
            {"code": "en", "label": "English", "url": "#", "current": True},
            {"code": "bg", "label": "Български", "url": "#", "current": False},
        ],
        "post_body": mark_safe(
            "<p>We tried it with <strong>wool</strong>.</p><ul><li>Dry first</li></ul>"
        ),
        "reactions": [
            {"kind": "useful", "label": "Useful", "count": 3, "words": "3 members", "is_own": True},
            {"kind": "thanks", "label": "Thanks", "count": 0, "words": "", "is_own": False},
        ],
        "found_title": mark_safe("Sorting <mark>offcuts</mark> by fibre"),
        "found_text": mark_safe(
            "… eleven workshops weigh their <mark>offcuts</mark> before sorting …"
        ),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page of all components, with the first picture there is."""
    image = get_image_model().objects.order_by("pk").first()
    return render(request, "styleguide/index.html", {**samples(), "image": image})
