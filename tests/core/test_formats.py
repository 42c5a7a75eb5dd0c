"""Dates and times as each language writes them: nowhere the month first, nowhere twelve hours."""

from datetime import date, datetime

import pytest
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format

MOMENT = datetime(2026, 11, 5, 17, 28)
NAMES = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")
WRITTEN = {
    "en": ("5 November 2026", "5 November 2026, 17:28", "5 Nov 2026", "5 Nov 2026, 17:28"),
    "ca": (
        "5 novembre de 2026",
        "5 novembre de 2026 a les 17:28",
        "05/11/2026",
        "05/11/2026 17:28",
    ),
    "da": ("5. november 2026", "5. november 2026 17:28", "05.11.2026", "05.11.2026 17:28"),
    "es": (
        "5 de noviembre de 2026",
        "5 de noviembre de 2026 a las 17:28",
        "05/11/2026",
        "05/11/2026 17:28",
    ),
    "fr": ("5 novembre 2026", "5 novembre 2026 17:28", "05/11/2026", "05/11/2026 17:28"),
    "pt": (
        "5 de Novembro de 2026",
        "5 de Novembro de 2026 às 17:28",
        "05/11/2026",
        "05/11/2026 17:28",
    ),
    "bg": ("5 Ноември 2026", "5 Ноември 2026, 17:28", "05.11.2026", "05.11.2026 17:28"),
    "ro": ("5 Noiembrie 2026", "5 Noiembrie 2026, 17:28", "05.11.2026", "05.11.2026, 17:28"),
}


@pytest.mark.parametrize(("language", "written"), WRITTEN.items())
def test_a_moment_in_each_language(language, written):
    with translation.override(language):
        assert tuple(date_format(MOMENT, name) for name in NAMES) == written
        assert date_format(MOMENT, "TIME_FORMAT") == "17:28"


def test_no_language_of_the_site_is_missing_above():
    assert set(WRITTEN) == {code for code, _ in settings.LANGUAGES}


@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_week_begins_on_monday(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_english_numbers_stay_as_they_are():
    assert number_format(12345.5, force_grouping=True) == "12,345.5"


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2026-11-05"),
        ("en", "05/11/2026"),
        ("en", "5 November 2026"),
        ("en", "5 Nov 2026"),
        ("bg", "2026-11-05"),
        ("bg", "05.11.2026"),
    ],
)
def test_a_day_may_be_typed_as_it_is_written(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2026, 11, 5)


@pytest.mark.parametrize("typed", ["2026-11-05 17:28", "2026-11-05T17:28", "05/11/2026 17:28"])
def test_so_may_a_moment(typed):
    with translation.override("en"):
        assert forms.DateTimeField().clean(typed).strftime("%d %H:%M") == "05 17:28"
