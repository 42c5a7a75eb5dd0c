"""Every language of the site says everything, with the same placeholders."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(ROOT / "locale" / request.param / "LC_MESSAGES" / "django.po"))


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_everything_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []


def test_placeholders_are_those_of_the_original(catalogue):
    # A form for one thing may leave its number out.
    allowed = {entry.msgid: set(PLACEHOLDER.findall(entry.msgid)) for entry in catalogue}
    wrong = [
        entry.msgid
        for entry in catalogue
        for text in translations(entry)
        if (found := set(PLACEHOLDER.findall(text))) != allowed[entry.msgid]
        and not (entry.msgid_plural and found <= set(PLACEHOLDER.findall(entry.msgid_plural)))
    ]
    assert wrong == []
