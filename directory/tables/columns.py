"""The columns of the table: how each reads a cell, what it says is wrong, and how it is written.

Texts, numbers and addresses are judged by the fields of the form that people fill, codes by the lists
that the form offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.widgets import Widget

from directory import links
from directory.forms import ProfileForm
from directory.forms.profiles import MOST_LINES
from directory.labels import labels
from directory.models import (
    CircularStrategy,
    Country,
    NaceDivision,
    Organisation,
    Region,
    ValueChain,
)
from directory.tables.cells import codes_in, joined, safe, text_of
from directory.vocabulary import (
    Capability,
    Certification,
    ChainRole,
    Kind,
    spoken_languages,
)


@dataclass(frozen=True, slots=True)
class Column:
    """`name` heads the column in files; `help` says what stands in it, `codes` what is known there."""

    name: str
    label: Any
    help: Any
    widget: Widget
    codes: Mapping[str, str] | None = None
    is_needed: bool = False

    def field(self) -> Field:
        """The same for a resource of django-import-export."""
        return Field(attribute=self.name, column_name=self.name, widget=self.widget)


class Cell(Widget):
    """A cell judged by a field of a form, and by the column of the model that it fills; ValueError says
    in words what is wrong."""

    def __init__(self, field: forms.Field, column: str = "", empty: Any = "") -> None:
        super().__init__()
        self.field, self.empty = field, empty
        self.column: Any = Organisation._meta.get_field(column) if column else None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            found = self.field.clean(text_of(value))
            if self.column is not None:
                self.column.run_validators(found)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return self.empty if found in (None, "") else found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(safe("" if value is None else str(value)))


class Amount(Cell):
    """Millions of euros, with a point or a comma."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = text_of(value)
        return super().clean(text.replace(",", ".") if text.count(",") == 1 else text)


class Code(Widget):
    """One code of a list, in either case."""

    def __init__(self, known: Mapping[str, str], *, is_needed: bool = False) -> None:
        super().__init__()
        self.known, self.is_needed = known, is_needed
        self.folded = {code.casefold(): code for code in known}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = text_of(value)
        if text:
            return self.found(text)
        if self.is_needed:
            raise ValueError(_now("This is needed."))
        return ""

    def found(self, text: str) -> str:
        """The code that is meant; ValueError where none is."""
        code = self.folded.get(text.casefold())
        if code is not None:
            return code
        near = get_close_matches(text.casefold(), self.folded, n=1)
        words = {"code": text[:40], "near": self.folded[near[0]] if near else ""}
        if near:
            raise ValueError(_now("“%(code)s” is not known here. Is it “%(near)s”?") % words)
        raise ValueError(_now("“%(code)s” is not known here.") % words)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(safe(value or ""))


class Activity(Code):
    """An economic activity; a spreadsheet that took 01.50 for a number has written 1.5."""

    def found(self, text: str) -> str:
        whole, point, rest = text.partition(".")
        padded = f"{whole:0>2}{point}{rest:0<2}" if point else text
        return super().found(padded if padded in self.folded else text)


class Codes(Widget):
    """Several codes of a list; all that are wrong are told at once."""

    def __init__(self, one: Code) -> None:
        super().__init__()
        self.one = one

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        found, wrong = set(), []
        for text in codes_in(text_of(value)):
            try:
                found.add(self.one.found(text))
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise ValueError(" ".join(wrong))
        return tuple(sorted(found))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(safe(joined(value or ())))


class Lines(Widget):
    """Offers or needs, one a line: a capability, and after a colon in a sentence what exactly."""

    def __init__(self, one: Code) -> None:
        super().__init__()
        self.one = one
        self.text = forms.CharField(max_length=200, required=False)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        found: list[tuple[str, str]] = []
        for line in text_of(value).splitlines():
            code, colon, text = line.partition(":")
            if colon:
                found.append((self.one.found(code.strip()), self._sentence(text)))
            else:
                found += [(self.one.found(one), "") for one in codes_in(line)]
        once = tuple(dict.fromkeys(found))
        if len(once) > MOST_LINES:
            raise ValueError(_now("%(most)d lines at most.") % {"most": MOST_LINES})
        return once

    def _sentence(self, text: str) -> str:
        try:
            return str(self.text.clean(text))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        lines = (f"{code}: {text}" if text else code for code, text in value or ())
        return str(safe("\n".join(lines)))


class Links(Widget):
    """Addresses, one a line, each with the words that stand for it before it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return links.read(text_of(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(safe(links.written(value or ())))


def columns() -> list[Column]:
    """All columns in the order of files; names of lists are in the active language."""
    form = ProfileForm(instance=Organisation(), may_change_kind=True)
    fields = form.fields
    several = _("Codes, parted by semicolons.")
    lines = _("One a line: a code, then after a colon what exactly.")

    def text(name: str) -> Column:
        field = fields[name]
        widget = Cell(field, name)
        return Column(name, field.label, field.help_text, widget, None, field.required)

    def number(name: str, widget: type[Cell] = Cell) -> Column:
        field = fields[name]
        return Column(name, field.label, field.help_text, widget(field, name, empty=None))

    def code(name: str, label: Any, known: Mapping[str, str], *, is_needed: bool = False) -> Column:
        widget = Code(known, is_needed=is_needed)
        return Column(name, label, _("A code."), widget, known, is_needed)

    def codes(name: str, label: Any, known: Mapping[str, str]) -> Column:
        return Column(name, label, several, Codes(Code(known)), known)

    activities = labels(NaceDivision)
    capabilities = _listed(Capability)
    address = _("Empty for a new organisation; the end of its address for one that is there.")
    return [
        Column("slug", _("Address"), address, Cell(forms.CharField(required=False))),
        text("name"),
        text("legal_name"),
        code("type", fields["kind"].label, _listed(Kind), is_needed=True),
        code("country", fields["country"].label, labels(Country), is_needed=True),
        code("region", fields["region"].label, labels(Region)),
        text("town"),
        code("language_of_texts", fields["language"].label, dict(settings.LANGUAGES)),
        text("summary"),
        text("description"),
        text("products"),
        text("materials"),
        codes("value_chains", fields["value_chains"].label, labels(ValueChain)),
        codes("roles", fields["roles"].label, _listed(ChainRole)),
        codes("circular_strategies", fields["circular_strategies"].label, labels(CircularStrategy)),
        Column("offers", _("Offers"), lines, Lines(Code(capabilities)), capabilities),
        Column("seeks", _("Seeks"), lines, Lines(Code(capabilities)), capabilities),
        Column("nace", fields["nace"].label, _("A code."), Activity(activities), activities),
        Column(
            "other_nace",
            fields["other_nace"].label,
            several,
            Codes(Activity(activities)),
            activities,
        ),
        codes("certifications", fields["certifications"].label, _listed(Certification)),
        codes("languages", fields["languages"].label, spoken_languages()),
        codes("exports_to", fields["exports"].label, labels(Country)),
        number("founded"),
        number("staff"),
        number("turnover", Amount),
        number("balance", Amount),
        number("digital_maturity"),
        text("website"),
        Column(
            "links",
            _("Other addresses"),
            _("One a line, with or without words before it."),
            Links(),
        ),
        text("contact_role"),
        text("contact_email"),
    ]


def _listed(choices: Any) -> dict[str, str]:
    return {str(code): str(label) for code, label in choices.choices}
