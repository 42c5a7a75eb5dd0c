"""Organisations by file: judged row by row, written whole or not at all, and the same again when written out."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.models import DirectoryLog, Organisation
from directory.states import OtherAct, State
from directory.tables import files
from directory.tables.cells import FORMULA, plain, restored, safe
from directory.tables.files import Unreadable, read, written
from tests.directory.tables import FULL, GOOD, as_csv, as_xlsx, everything, rows_in, run
from tests.factories.directory import (
    in_state,
    make_cluster,
    make_organisation,
)
from tests.factories.members import CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return CoordinatorFactory()


@pytest.mark.parametrize("kind", ["csv", "semicolons", "xlsx"])
def test_a_row_becomes_a_draft_with_all_its_facts(coordinator, kind):
    content = {
        "csv": lambda: as_csv(FULL),
        "semicolons": lambda: b"\xef\xbb\xbf" + as_csv(FULL, between=";"),
        # A spreadsheet knows numbers as such.
        "xlsx": lambda: as_xlsx(list(FULL), [12 if v == "12" else v for v in FULL.values()], []),
    }[kind]()
    found = run(coordinator, content)
    assert (found.faults, found.new, found.changed) == ([], 1, 0)
    made = Organisation.objects.get()
    assert (made.state, made.slug, made.created_by) == (State.DRAFT, "fiacao-nova", coordinator)
    assert (made.town, made.region_id, made.size_class) == ("Braga", "PT11", "small")
    assert (made.language, made.nace_id, made.turnover) == ("pt", "13.10", Decimal("1.5"))
    assert made.website == "https://fiacao.example"
    assert made.links == [
        {"label": "Loja", "url": "https://loja.example"},
        {"label": "", "url": "https://blog.example"},
    ]
    assert [(line.kind, line.capability, line.text) for line in made.lines.all()] == [
        ("offer", "spinning", "Linho e cânhamo"),
        ("offer", "sorting", ""),
        ("seek", "weaving", ""),
        ("seek", "finishing", ""),
    ]
    assert set(made.traits.values_list("kind", "code")) == {
        *(("role", "yarn"), ("role", "fabric"), ("language", "pt"), ("language", "en")),
        *(("certification", "gots"), ("export", "ES"), ("export", "FR")),
    }
    assert made.value_chains.count() == 2
    assert not made.is_sample
    assert DirectoryLog.objects.get().action == OtherAct.CREATE
    assert list(Organisation.objects.named_like("fiacao")) == [made]
    # The same file once more finds everything there.
    again = run(coordinator, content, changes=True)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    assert DirectoryLog.objects.count() == 1


FAULTS = [
    ("name", "", "This field is required."),
    ("name", "x" * 201, "at most 200"),
    ("type", "", "This is needed."),
    ("type", "smee", "“smee” is not known here. Is it “sme”?"),
    ("country", "Atlantis", "“Atlantis” is not known here."),
    ("region", "ES51", "in another country"),
    ("region", "PT99", "not known here"),
    ("language_of_texts", "xx", "not known here"),
    ("summary", "x" * 301, "at most 300"),
    ("value_chains", "digital; digitol", "“digitol” is not known here. Is it “digital”?"),
    ("roles", "fabric, weeving", "“weeving”"),
    ("offers", "weaving: " + "x" * 201, "at most 200"),
    ("offers", "wool: from the hills", "“wool” is not known here."),
    ("seeks", "weaving\n\nwoool", "“woool”"),
    ("nace", "99.99", "not known here"),
    ("languages", "klingon", "not known here"),
    ("exports_to", "ES; Mars", "“Mars”"),
    ("staff", "many", "whole number"),
    ("staff", "-1", "greater than or equal to 0"),
    ("turnover", "1.234,5", "Enter a number"),
    ("founded", "12", "greater than or equal to 1500"),
    ("digital_maturity", "6", "less than or equal to 5"),
    ("website", "not an address", "valid URL"),
    ("links", "Shop javascript:alert(1)", "valid URL"),
    ("contact_email", "somebody", "valid email"),
    ("slug", "nobody", "No organisation has this address."),
]  # fmt: skip


def test_every_kind_of_fault_is_told_at_its_cell_and_nothing_is_written(coordinator):
    """One file with all of them, and good rows between."""
    rows = []
    for number, (column, value, _words) in enumerate(FAULTS):
        rows += [GOOD | {"name": f"Good {number}"}, GOOD | {"name": f"Bad {number}"}]
        rows[-1][column] = value
    found = run(coordinator, as_csv(*rows))
    assert [(fault.row, fault.column) for fault in found.faults] == [
        (2 * number + 3, column) for number, (column, *_rest) in enumerate(FAULTS)
    ]
    for fault, (*_cell, words) in zip(found.faults, FAULTS, strict=True):
        assert words in fault.text
    assert not Organisation.objects.exists()
    assert not DirectoryLog.objects.exists()


def test_all_faults_of_a_row_are_told_at_once_and_in_the_reader_s_language(coordinator):
    with translation.override("fr"):
        found = run(coordinator, as_csv(GOOD | {"staff": "x", "type": "sme", "founded": "x"}))
    assert [fault.column for fault in found.faults] == ["founded", "staff"]
    assert "nombre entier" in found.faults[0].text


def test_rows_that_mean_the_same_or_too_many(coordinator):
    make_organisation(name="Twice")
    make_organisation(name="Twice")
    content = as_csv(
        GOOD, GOOD | {"name": "fiacao nova"}, GOOD | {"name": "Twice"}, {"name": "No country"}
    )
    told = [(fault.row, fault.column, fault.text) for fault in run(coordinator, content).faults]
    assert told == [
        (3, "name", "The same organisation stands in row 2."),
        (4, "name", "Several organisations are called so: name the one by its slug."),
        (5, "type", "This is needed."),
        (5, "country", "This is needed."),
    ]
    lacking = run(coordinator, as_csv({"name": "Only a name"})).faults
    assert [(fault.row, fault.column) for fault in lacking] == [(2, "type"), (2, "country")]


class TestWhatIsThereAlready:
    def test_it_is_changed_only_when_asked_and_only_where_the_file_says(self, coordinator):
        mill = make_organisation(name="Fiação Nova", staff=5, offers=["weaving"], seeks=["sorting"])
        content = as_csv({"name": "fiacao nova", "country": "pt", "offers": "spinning"})
        before = everything()
        left = run(coordinator, content)
        assert (left.left, left.changed, everything()) == (1, 0, before)
        told = run(coordinator, content, changes=True)
        assert told.changed == 1
        assert told.changes == [("fiacao nova", ["name", "offers"])]
        mill.refresh_from_db()
        assert (mill.staff, mill.version) == (5, 1)
        assert sorted(mill.lines.values_list("kind", "capability")) == [
            ("offer", "spinning"),
            ("seek", "sorting"),
        ]
        entry = DirectoryLog.objects.first()
        assert (entry.action, entry.actor_id) == (OtherAct.EDIT, coordinator.pk)

    def test_an_empty_cell_empties_and_a_missing_column_leaves(self, coordinator):
        mill = make_organisation(summary="Words", materials="Linen", roles=["fabric"])
        run(coordinator, as_csv({"slug": mill.slug, "materials": "", "roles": ""}), changes=True)
        mill.refresh_from_db()
        assert (mill.summary, mill.materials, mill.traits.count()) == ("Words", "", 0)

    def test_an_archived_one_stays_so(self, coordinator):
        mill = in_state(make_organisation(), State.ARCHIVED)
        content = as_csv({"slug": mill.slug, "summary": "New"})
        found = run(coordinator, content, changes=True)
        assert [(fault.row, fault.column) for fault in found.faults] == [(2, "")]
        assert "archived" in found.faults[0].text

    def test_a_legal_name_is_a_name_too(self, coordinator):
        make_organisation(name="Mill", legal_name="Fiação Nova")
        found = run(coordinator, as_csv(GOOD))
        assert (found.new, found.left) == (0, 1)

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_written_out_and_brought_in_again_nothing_changes(self, coordinator, kind):
        run(coordinator, as_csv(FULL))
        make_cluster(name="=cmd|' /C calc'!A0", town="Русе", country="BG")
        make_organisation(name="'=already marked", summary="+351 and so on")
        odd = make_organisation(name="-minus", offers=["weaving"])
        text = "  One\r\nline: two; three\r\n\x0bbell "
        Organisation.objects.filter(pk=odd.pk).update(description=text, products="@home")
        make_organisation(town="Small Place", region="PT11", seeks=["recycling"])
        keys = list(Organisation.objects.values_list("pk", flat=True))
        content = written(kind, keys)
        before, entries = everything(), DirectoryLog.objects.count()
        found = run(coordinator, content, changes=True)
        assert (found.faults, found.new, found.changed, found.same) == ([], 0, 0, len(keys))
        assert (everything(), DirectoryLog.objects.count()) == (before, entries)
        assert Organisation.objects.get(pk=odd.pk).description == text


def test_no_cell_of_a_file_is_a_formula(coordinator):
    for start in ("=", "+", "-", "@"):
        make_organisation(
            name=f"{start}1+1", summary=f"{start}SUM(A1)", materials=f"{start}x", offers=["weaving"]
        )
    keys = list(Organisation.objects.values_list("pk", flat=True))
    assert not [
        value
        for row in rows_in(written("csv", keys))
        for value in row.values()
        if value.startswith(FORMULA)
    ]
    sheet = load_workbook(io.BytesIO(written("xlsx", keys))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell.value for cell in cells if str(cell.value or "").startswith(FORMULA)]


@given(st.text(alphabet=st.sampled_from("'=+-@\t\ra ")))
def test_a_marked_text_comes_back(text):
    assert restored(safe(text)) == text
    assert not safe(text).startswith(FORMULA)
    assert plain(plain(text)) == plain(text)


class TestLimits:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "no row|column"),
            (b"name,type\n", "no row below"),
            (b"name,colour\nx,red\n", "“colour”"),
            (b"name,name\nx,y\n", "twice"),
            (b"type\nsme\n", "needs the column name"),
            (b"name,type\nx,sme,more\n", "Row 2 has more cells"),
            ("name\nFiação".encode("latin-1"), "CSV UTF-8"),
            (b'name\n"' + b"x" * 200_000, "not a table"),
            (b"PK\x03\x04 and nothing more", "cannot be read as XLSX"),
            (b"x" * (files.MOST_BYTES + 1), "too large"),
        ],
        ids=range(10),
    )
    def test_what_is_no_table_is_told(self, content, words):
        with pytest.raises(Unreadable, match=words):
            read(content)

    def test_too_many_rows_and_rows_far_below(self, monkeypatch):
        monkeypatch.setattr(files, "MOST_ROWS", 3)
        monkeypatch.setattr(files, "MOST_LINES", 10)
        assert len(read(b"name\n1\n2\n\n3\n").numbers) == 3
        assert read(b"name\n1\n\n2\n").numbers == [2, 4]
        for content in (b"name\n1\n2\n3\n4\n", b"name\n1\n" + b"\n" * 20):
            with pytest.raises(Unreadable, match="too many rows"):
                read(content)

    def test_what_swells_when_unpacked_is_refused_unread(self, monkeypatch):
        monkeypatch.setattr(files, "MOST_UNPACKED", 10_000)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/workbook.xml", b"0" * 20_000)
        with pytest.raises(Unreadable, match="too large"):
            read(stream.getvalue())

    def test_queries_do_not_grow_with_the_rows(self, coordinator):
        def cost(number, name):
            rows = [FULL | {"name": f"{name} {one}", "legal_name": ""} for one in range(number)]
            with CaptureQueriesContext(connection) as captured:
                assert run(coordinator, as_csv(*rows)).new == number
            return len(captured)

        cost(1, "First")
        assert cost(40, "Many") <= cost(2, "Few") <= 40
