"""What editors fill in, tab by tab."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    TitleFieldPanel,
)

# The database refuses an event without these, so that even a first draft has to name them.
CONTENT = [
    TitleFieldPanel("title"),
    FieldPanel("event_type", required_on_save=True),
    MultiFieldPanel(
        [
            HelpPanel(
                content=_(
                    "Enter times as a clock at the event’s place shows them. Visitors see the same times, "
                    "with the name of the time zone."
                )
            ),
            FieldPanel("timezone", required_on_save=True),
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("all_day"),
            FieldPanel("status", required_on_save=True),
            FieldPanel("previous_start"),
        ],
        heading=_("When"),
    ),
    FieldPanel("body"),
]

WHERE = [
    FieldPanel("attendance", required_on_save=True),
    FieldPanel("venue"),
    FieldPanel("city"),
    FieldRowPanel([FieldPanel("country"), FieldPanel("region")]),
    FieldPanel("online_url"),
    FieldPanel("accessibility_notes"),
]

DETAILS = [
    FieldPanel("organiser"),
    FieldPanel("audience"),
    FieldPanel("capacity"),
    FieldPanel("languages"),
    FieldPanel("tags"),
    FieldPanel("value_chains", widget=forms.CheckboxSelectMultiple),
]
