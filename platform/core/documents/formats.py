"""The text in files of each kind. Knows nothing of the site: it runs in a process of its own.

Whatever is wrong with a file may raise anything here; `core.documents.worker` sorts it out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

PAGES = 500
ROWS = 20_000
CHARACTERS = 100_000
MEMBERS = 5_000
UNPACKED = 200 * 1024 * 1024
# Text packs to a tenth, tables to a fiftieth; what packs much better is made to burst.
RATIO = 200
PLAIN_BYTES = 4 * CHARACTERS

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MANIFEST = "META-INF/manifest.xml"
OPEN_BODY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"
OPEN_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Encrypted(Exception):
    """The file can't be read without a password."""


class Beyond(Exception):
    """The file is beyond the limits."""


def pdf(path: Path) -> Iterator[str]:
    """The text of the pages, as far as the file has it as text."""
    import pypdf

    reader = pypdf.PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Encrypted
    for number, page in enumerate(reader.pages):
        if number == PAGES:
            raise Beyond
        yield page.extract_text()


def docx(path: Path) -> Iterator[str]:
    """The text with its tables and text boxes, a piece for each run."""
    import docx as library

    body = library.Document(str(path)).element.body
    # Drawings stand there twice, once more for old programs.
    for old in list(body.iter(FALLBACK)):
        old.getparent().remove(old)
    for element in body.iter(f"{WORD}p", f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
        yield (element.text or "") if element.tag == f"{WORD}t" else "\n"


def pptx(path: Path) -> Iterator[str]:
    """The texts of the slides, those in groups and tables too, and what is noted to be said."""
    from pptx import Presentation

    for number, slide in enumerate(Presentation(str(path)).slides):
        if number == PAGES:
            raise Beyond
        yield from _shapes(slide.shapes)
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
            yield f"{notes.text}\n"


def _shapes(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif shape.has_text_frame:
            yield f"{shape.text_frame.text}\n"
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield from (f"{cell.text}\n" for cell in row.cells)


def xlsx(path: Path) -> Iterator[str]:
    """The names of the sheets and what their cells show."""
    import openpyxl

    left = ROWS
    with path.open("rb") as file:
        for sheet in openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets:
            yield f"{sheet.title}\n"
            for row in sheet.iter_rows(values_only=True):
                left -= 1
                if not left:
                    raise Beyond
                yield from (f"{value}\n" for value in row if value is not None)


def open_document(path: Path) -> Iterator[str]:
    """The text of an OpenDocument file: a text, a table or slides."""
    from defusedxml.ElementTree import parse

    with zipfile.ZipFile(path) as archive:
        if MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST):
            raise Encrypted
        with archive.open("content.xml") as content:
            body = parse(content).getroot().find(OPEN_BODY)
    if body is not None:
        yield from _texts(body)


def _texts(element: Any) -> Iterator[str]:
    if element.tag.startswith(OPEN_TEXT) and not element.tag.endswith("}span"):
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def plain(path: Path) -> Iterator[str]:
    """A text file in Unicode, or else in Windows' Western code page."""
    with path.open("rb") as file:
        start = file.read(PLAIN_BYTES)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield start.decode("utf-16", errors="replace")
        return
    try:
        # The last character may have been cut in two.
        yield start.decode("utf-8-sig", errors="ignore" if len(start) == PLAIN_BYTES else "strict")
    except UnicodeDecodeError:
        yield start.decode("cp1252", errors="replace")


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": pdf,
    "docx": docx,
    "pptx": pptx,
    "xlsx": xlsx,
    "odt": open_document,
    "ods": open_document,
    "odp": open_document,
    "txt": plain,
    "csv": plain,
}
PACKED = frozenset({"docx", "pptx", "xlsx", "odt", "ods", "odp"})
# A file of Office that is locked with a password is no archive but one of these.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, extension: str) -> tuple[str, bool]:
    """(the text of a file, whether it was cut off at a limit).

    Raises Encrypted, Beyond, or whatever a library raises at a broken file.
    """
    if extension in PACKED:
        check_archive(path)
    pieces: list[str] = []
    length = 0
    try:
        for piece in READERS[extension](path):
            pieces.append(piece)
            length += len(piece)
            if length > CHARACTERS:
                raise Beyond
    except Beyond:
        return "".join(pieces)[:CHARACTERS], True
    return "".join(pieces), False


def check_archive(path: Path) -> None:
    """Refuse an archive that would unpack to far more than it is. Raises Beyond or Encrypted."""
    with path.open("rb") as file:
        if file.read(len(COMPOUND)) == COMPOUND:
            raise Encrypted
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise Beyond
    if any(
        member.file_size > RATIO * max(member.compress_size, 1) and member.file_size > CHARACTERS
        for member in members
    ):
        raise Beyond
