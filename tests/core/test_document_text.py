"""Documents are found by their text, whatever is in the files."""

import io
import logging
import zipfile

import docx
import openpyxl
import pptx
import pypdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pptx.util import Cm
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from wagtail.documents.forms import get_document_form

from core.documents import extracting, formats, reading, worker
from core.models import CustomDocument, DocumentText
from search.models import SearchEntry
from tests.uploads import PDF, archive

State = DocumentText.State


def _short(value):
    """The name of a case in reports, where bytes have no place."""
    return value if isinstance(value, str) else type(value).__name__


def pdf_of(*pages, password=""):
    """A PDF with a line of text on each page."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for line in pages:
        page = writer.add_blank_page(width=300, height=200)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    if password:
        writer.encrypt(password, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def saved(made):
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def docx_of():
    made = docx.Document()
    made.add_heading("Weaving mills", 1)
    made.add_paragraph("Recovered wool from Prato")
    made.add_table(1, 1).cell(0, 0).text = "Kilograms of yarn"
    return saved(made)


def pptx_of():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Weaving mills"
    slide.shapes.add_textbox(0, 0, Cm(3), Cm(1)).text_frame.text = "Recovered wool from Prato"
    table = slide.shapes.add_table(1, 1, 0, 0, Cm(3), Cm(1)).table
    table.cell(0, 0).text = "Kilograms of yarn"
    slide.notes_slide.notes_text_frame.text = "Sorted by colour, not dyed"
    return saved(made)


def xlsx_of():
    made = openpyxl.Workbook()
    made.active.title = "Weaving mills"
    made.active.append(["Recovered wool from Prato", 12.5])
    made.create_sheet("More").append(["Kilograms of yarn"])
    return saved(made)


def odt_of(body="", members=()):
    names = (
        "office=urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        ("text=urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    )
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in (one.split("=") for one in names))
    text = body or (
        "<text:h>Weaving mills</text:h><text:p>Recovered <text:span>wool</text:span> from Prato"
        "</text:p><text:p>Kilograms of yarn</text:p>"
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{text}</office:text>"
        "</office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            **dict(members),
        }
    )


def bomb():
    """A document that would unpack to a thousand times its size."""
    return archive({"mimetype": "", "word/document.xml": b"\0" * 1_000_000})


def entities():
    """A text of a few bytes that would grow to gigabytes."""
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<!DOCTYPE x [<!ENTITY a0 "wool">{names}]><x>&a11;</x>'
    return archive({"mimetype": "", "content.xml": content})


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", pdf_of("Weaving mills", "Recovered wool from Prato", "Kilograms of yarn")),
        ("docx", docx_of()),
        ("pptx", pptx_of()),
        ("xlsx", xlsx_of()),
        ("odt", odt_of()),
        ("txt", b"Weaving mills\nRecovered wool from Prato\nKilograms of yarn"),
        ("csv", "\ufeffWeaving mills;Recovered wool from Prato;Kilograms of yarn".encode("utf-16")),
    ],
    ids=_short,
)
def test_every_kind_of_file_has_its_text(tmp_path, extension, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    found = extracting.extract(path, extension)
    assert found.state == State.READ, found.error
    text = " ".join(found.text.split())
    for words in ("Weaving mills", "Recovered wool from Prato", "Kilograms of yarn"):
        assert words in text


def test_the_notes_of_a_speaker_are_text_too(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(pptx_of())
    assert "Sorted by colour, not dyed" in "".join(formats.pptx(path))


@pytest.mark.parametrize(
    ("extension", "content", "state"),
    [
        ("pdf", pdf_of("Secret", password="wool"), State.ENCRYPTED),
        ("docx", formats.COMPOUND + b"locked", State.ENCRYPTED),
        ("odt", odt_of(members={"META-INF/manifest.xml": "<encryption-data/>"}), State.ENCRYPTED),
        ("pdf", pdf_of(""), State.EMPTY),
        ("pdf", PDF, State.BROKEN),
        ("pdf", b"%PDF-1.7 and no more", State.BROKEN),
        ("pdf", b"", State.BROKEN),
        ("docx", b"PK\x03\x04", State.BROKEN),
        ("docx", archive({"[Content_Types].xml": "<", "word/document.xml": ""}), State.BROKEN),
        ("pptx", archive({"[Content_Types].xml": "", "ppt/x": ""}), State.BROKEN),
        ("xlsx", archive({"[Content_Types].xml": "", "xl/x": ""}), State.BROKEN),
        ("odt", odt_of("<text:p>"), State.BROKEN),
        ("odt", odt_of(" "), State.EMPTY),
        ("odt", entities(), State.BROKEN),
        ("odt", archive({f"{n}": "" for n in range(formats.MEMBERS + 1)}), State.BEYOND),
        ("docx", bomb(), State.BEYOND),
        ("txt", b" \n ", State.EMPTY),
    ],
    ids=_short,
)
def test_no_file_makes_the_reader_fail(tmp_path, extension, content, state):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert worker.answer(path, extension)["state"] == state


def test_a_long_text_is_cut(tmp_path, monkeypatch):
    path = tmp_path / "file"
    monkeypatch.setattr(formats, "CHARACTERS", 20)
    path.write_bytes(odt_of())
    assert worker.answer(path, "odt")["is_cut"]
    monkeypatch.setattr(formats, "CHARACTERS", 10_000)
    monkeypatch.setattr(formats, "PAGES", 1)
    path.write_bytes(pdf_of("First", "Second"))
    found = worker.answer(path, "pdf")
    assert (found["text"], found["is_cut"]) == ("First", True)


def test_the_reader_is_ended_at_its_limits(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(docx_of())
    monkeypatch.setattr(extracting, "MEMORY", 30_000_000)
    assert extracting.extract(path, "docx").state == State.BEYOND
    monkeypatch.setattr(extracting, "MEMORY", 2**30)
    monkeypatch.setattr(extracting, "PATIENCE", 0.001)
    assert extracting.extract(path, "docx").error == "it takes too long"


@pytest.fixture
def document(db, django_capture_on_commit_callbacks):
    """Makes a document, and has it read as after a commit."""

    def make(content, name="report.pdf", title="Report"):
        with django_capture_on_commit_callbacks(execute=True):
            return CustomDocument.objects.create(title=title, file=ContentFile(content, name))

    return make


def body_of(document):
    return SearchEntry.objects.get(source=f"core.customdocument:{document.pk}").body


class TestKept:
    def test_search_finds_a_document_by_its_text(self, document):
        report = document(pdf_of("Spinnability of recovered fibres"))
        assert body_of(report) == "Spinnability of recovered fibres"
        html = Client().get("/en/search/?q=spinnability").content.decode()
        assert report.url in html

    def test_a_replaced_file_is_read_again_and_the_old_text_goes_at_once(
        self, document, django_capture_on_commit_callbacks
    ):
        report = document(pdf_of("Old words"))
        with django_capture_on_commit_callbacks(execute=True):
            report.file = ContentFile(pdf_of("New words"), "report-2.pdf")
            report.save()
            assert body_of(report) == ""
        assert body_of(report) == "New words"

    def test_a_file_is_read_once(self, document, monkeypatch, django_capture_on_commit_callbacks):
        report = document(pdf_of("Same words"))
        monkeypatch.setattr(reading, "extract", None)
        with django_capture_on_commit_callbacks(execute=True):
            report.title = "Another title"
            report.save()
        assert body_of(report) == "Same words"
        assert body_of(document(pdf_of("Same words"), "copy.pdf")) == "Same words"

    def test_a_broken_file_is_found_by_its_title_and_logged(self, document, caplog):
        with caplog.at_level(logging.WARNING):
            report = document(b"%PDF-1.7 and no more", title="Minutes of Terrassa")
        assert f"document {report.pk} can't be read" in caplog.text
        row = SearchEntry.objects.get(source=f"core.customdocument:{report.pk}")
        assert (row.title, row.body) == ("Minutes of Terrassa", "")

    def test_a_missing_file_is_no_error(self, document, django_capture_on_commit_callbacks):
        report = document(pdf_of("Words"))
        report.file.storage.delete(report.file.name)
        DocumentText.objects.update(is_waiting=True)
        with django_capture_on_commit_callbacks(execute=True):
            reading.read_waiting()
        assert DocumentText.objects.get().state == State.BROKEN

    def test_documents_from_before_are_read_by_the_hourly_job(
        self, document, django_capture_on_commit_callbacks
    ):
        report = document(pdf_of("Words"))
        DocumentText.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            reading.read_waiting()
        assert body_of(report) == "Words"

    def test_a_late_reader_changes_nothing(self, document):
        report = document(pdf_of("Words"))
        row = DocumentText.objects.get()
        CustomDocument.objects.filter(pk=report.pk).update(file="other.pdf")
        DocumentText.objects.update(is_waiting=True)
        reading._keep(row, "", extracting.Extracted(state=State.BROKEN))
        assert DocumentText.objects.get().is_waiting

    @pytest.mark.parametrize(
        ("content", "name", "told"),
        [
            (pdf_of("Words"), "a.pdf", "finds this document by its text"),
            (pdf_of("Words", password="wool"), "a.pdf", "locked with a password"),
            (archive({"a": "b"}), "a.zip", "Files of this kind are not read"),
        ],
        ids=_short,
    )
    def test_editors_see_what_came_of_it(self, document, content, name, told):
        report = CustomDocument.objects.get(pk=document(content, name).pk)
        form = get_document_form(CustomDocument)
        assert told in str(form(instance=report).fields["file"].help_text)
        report.extracted.is_waiting = True
        assert "soon" in str(form(instance=report).fields["file"].help_text)


def test_the_worker_answers_on_its_standard_output(tmp_path):
    path = tmp_path / "bad"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x", "y")
    assert extracting.extract(path, "docx").state == State.BROKEN
