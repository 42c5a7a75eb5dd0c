"""The editor's form: times as a clock at the event's place shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput

from events import times
from events.models.choices import Status
from events.moments import EDGES, at_edge, moment_of

FIRST_YEAR, LAST_YEAR = 1990, 2100
# The site's languages first, then those of the other countries that took part in COSME.
LANGUAGES = [
    "en",
    "ca",
    "da",
    "es",
    "fr",
    "pt",
    "bg",
    "ro",
    "cs",
    "de",
    "el",
    "et",
    "fi",
    "ga",
    "hr",
    "hu",
    "hy",
    "is",
    "it",
    "lt",
    "lv",
    "mk",
    "nb",
    "nl",
    "pl",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "tr",
    "uk",
]


class WallTimeField(forms.DateTimeField):
    """A date and time without a zone: what is typed is what a clock shows."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        # In UTC every wall time exists exactly once, so nothing is shifted or refused here.
        with timezone.override(UTC):
            moment = super().to_python(value)
        if moment is None:
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(
                _("Give a year between %(first)s and %(last)s."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return moment.replace(tzinfo=None)


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones for a select field, Europe's first."""
    groups: dict[str, list[tuple[str, str]]] = {"Europe": []}
    for key in sorted(times.zone_keys()):
        groups.setdefault(key.split("/")[0], []).append((key, key.replace("_", " ")))
    return list(groups.items())


def language_choices() -> list[tuple[str, str]]:
    """Languages that an event can be held in, each by its own name."""
    return [
        (code, LANG_INFO[code]["name_local"].capitalize())
        for code in LANGUAGES
        if code in LANG_INFO
    ]


class EventPageForm(WagtailAdminPageForm):
    """Turns wall times into moments; whatever names no single moment is an error at its field."""

    start = WallTimeField(label=_("Begins"))
    end = WallTimeField(label=_("Ends"))
    previous_start = WallTimeField(
        label=_("Was to begin"),
        required=False,
        help_text=_(
            "Only where there is a new date. Left empty, it becomes the begin that visitors saw so far."
        ),
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    MOMENTS = ("start", "end", "previous_start")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {name: getattr(self.instance, name) for name in self.MOMENTS}
        for name, moment in self.stored.items():
            if moment is not None:
                self.initial[name] = times.to_wall(moment, self.instance.zone)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        zone = times.zone(data.get("timezone", ""))
        if zone is None:
            for name in self.MOMENTS:
                data.pop(name, None)
            return data
        if data.get("all_day"):
            self._widen_to_days()
        for name in self.MOMENTS:
            if data.get(name) is not None:
                self._convert(name, zone)
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", _("An event cannot end before it begins."))
        self._fill_previous_start()
        return data

    def _widen_to_days(self) -> None:
        for name in EDGES:
            wall = self.cleaned_data.get(name)
            if wall is not None:
                self.cleaned_data[name] = at_edge(name, wall)

    def _convert(self, name: str, zone: ZoneInfo) -> None:
        wall = self.cleaned_data[name]
        stored = self.stored[name]
        if stored is not None and times.to_wall(stored, zone) == wall:
            # Also keeps which of two equal wall times was meant.
            self.cleaned_data[name] = stored
            return
        is_day = bool(self.cleaned_data.get("all_day")) and name != "previous_start"
        try:
            self.cleaned_data[name] = moment_of(wall, zone, is_nearest=is_day)
        except ValidationError as error:
            self.add_error(name, error)

    def _fill_previous_start(self) -> None:
        data = self.cleaned_data
        if data.get("status") != Status.RESCHEDULED or data.get("previous_start"):
            return
        if "previous_start" in self.errors or not self.instance.pk or not data.get("start"):
            return
        published = type(self.instance).objects.filter(pk=self.instance.pk, live=True)
        before = published.values_list("start", flat=True).first()
        if before and before != data["start"]:
            data["previous_start"] = before
