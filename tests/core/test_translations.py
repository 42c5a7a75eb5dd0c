"""Every language of the site says everything, with the same placeholders."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
# Where the text stands among the arguments.
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"), 0),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), 1),
}
STRING = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"(?:\b(?:_|n?gettext)\(|\bpgettext\({STRING}, ){STRING}")
APPS = sorted({Path(path).parent for path in ROOT.glob("*/apps.py")})
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(ROOT / "locale" / request.param / "LC_MESSAGES" / "django.po"))


@cache
def marked():
    """Every text marked for translation, read as `make messages` reads it, without gettext."""
    found = set()
    for folder in (*APPS, ROOT / "platform"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in MARKS:
                    text = node.args[MARKS[_name(node.func)]]
                    if isinstance(text, ast.Constant):
                        found.add(text.value)
    for folder in (*APPS, ROOT / "platform", ROOT / "templates"):
        for path in (*folder.rglob("*.html"), *folder.rglob("*.txt")):
            for _context, literal in IN_TEMPLATE.findall(
                templatize(path.read_text(), origin=str(path))
            ):
                found.add(ast.literal_eval(literal))
    return found


def _name(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_everything_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []


def test_the_catalogue_holds_the_texts_of_today(catalogue):
    held = {entry.msgid for entry in catalogue}
    assert sorted(marked() - held) == []
    assert sorted(held - marked()) == []


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
