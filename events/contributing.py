"""The forms in which members write what may become an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.contributable import StepForm
from directory.labels import labels
from directory.models import Country, Region, ValueChain
from events import times
from events.forms import WallTimeField, language_choices, zone_choices
from events.models import Attendance, EventType
from events.models.event import DEFAULT_ZONE, LONGEST
from events.moments import EDGES, at_edge, moment_of

BODY_LENGTH = 20_000


def _moment(label: Any) -> WallTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return WallTimeField(label=label, widget=widget)


def _one(label: Any, model: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=lambda: [("", "—"), *labels(model).items()], required=False
    )


class EventStoryForm(StepForm):
    """What an event is about, and for whom."""

    body = forms.CharField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "An empty line begins a paragraph, “- ” before a line makes a list, “## ” a heading."
        ),
    )
    audience = forms.CharField(label=_("For whom"), max_length=300, required=False)
    accessibility_notes = forms.CharField(
        label=_("Accessibility"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Entrance, captions, interpretation, breaks: what somebody has to know."),
    )

    SECTIONS = (
        (_("What it is about"), ("body",)),
        (_("For others"), ("audience", "accessibility_notes")),
    )


class EventFactsForm(StepForm):
    """When by which clock, where, and how one takes part."""

    event_type = forms.ChoiceField(label=_("Type"), choices=[("", "—"), *EventType.choices])
    start = _moment(_("Begins"))
    end = _moment(_("Ends"))
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, initial=DEFAULT_ZONE)
    all_day = forms.BooleanField(
        label=_("All day"), required=False, help_text=_("Only the days matter.")
    )
    attendance = forms.ChoiceField(label=_("Taking part"), choices=Attendance.choices)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = _one(_("Country"), Country)
    region = _one(_("Region"), Region)
    online_url = forms.URLField(
        label=_("Address online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where to take part or to register."),
    )
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=1_000_000, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    value_chains = forms.MultipleChoiceField(
        label=_("Value chains"),
        choices=lambda: list(labels(ValueChain).items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    SECTIONS = (
        (_("When"), ("event_type", "start", "end", "timezone", "all_day")),
        (
            _("Where"),
            ("attendance", "venue", "city", "region", "country", "online_url"),
        ),
        (_("What it belongs to"), ("capacity", "languages", "value_chains")),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._moments(data)
        start, end = data.get("start"), data.get("end")
        if start and end and "start" not in self.errors and "end" not in self.errors:
            if end < start:
                self.add_error("end", _("An event cannot end before it begins."))
            elif end - start > LONGEST:
                self.add_error("end", _("An event cannot last longer than a year."))
        region = Region.objects.filter(pk=data.get("region") or "").first()
        if region is not None and not data.get("country"):
            data["country"] = region.country_id
        elif region is not None and region.country_id != data["country"]:
            self.add_error("region", _("This region is not in the chosen country."))
        return data

    def _moments(self, data: dict[str, Any]) -> None:
        """From clocks at the event's place to moments."""
        zone = times.zone(data.get("timezone", ""))
        for name in EDGES:
            wall = data.get(name)
            if wall is None or zone is None:
                data.pop(name, None)
                continue
            is_day = bool(data.get("all_day"))
            try:
                data[name] = moment_of(
                    at_edge(name, wall) if is_day else wall, zone, is_nearest=is_day
                )
            except ValidationError as error:
                self.add_error(name, error)
