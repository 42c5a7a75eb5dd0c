"""Collections of documents, queries and judgements, from files, to measure the search with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from core.searchable import Entry
from search.entries import UNDETERMINED, content_of
from search.models import SearchEntry

HIGHEST_GRADE = 10


class Malformed(Exception):
    """A line of a file is not as it should be; the message names both."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with what is relevant to it: {document: grade above 0}."""

    key: str
    text: str
    language: str
    grades: Mapping[str, int]


def documents(path: Path, token: str) -> Iterator[tuple[str, SearchEntry]]:
    """The documents of a file of {id, title, body, language}: ids and rows, not saved.

    Only a reader with `token` may find them. Raises Malformed.
    """
    seen: set[str] = set()
    for number, line in _objects(path):
        key = _text(line, "id", path, number)
        if key in seen:
            raise Malformed(f"{path}:{number}: the id {key!r} is there twice")
        seen.add(key)
        entry = Entry(
            kind="page",
            language=_language(line, path, number),
            title=_text(line, "title", path, number, may_miss=True),
            body=_text(line, "body", path, number, may_miss=True),
            url="/",
            audience=frozenset({token}),
        )
        source = f"{token}:{len(seen)}"
        content = content_of(entry, source) | {"language": entry.language}
        yield key, SearchEntry(source=source, **content)


def queries(path: Path, judgements: Path) -> list[JudgedQuery]:
    """The queries of a file of {id, text, language} that something was found relevant to.

    `judgements` has lines of query, document and grade with tabs between, a line of headings above
    them or none; or TREC's four columns, of which the second says nothing. Raises Malformed.
    """
    grades = _grades(judgements)
    found = []
    for number, line in _objects(path):
        key = _text(line, "id", path, number)
        text = _text(line, "text", path, number)
        language = _language(line, path, number)
        if grades.get(key):
            found.append(JudgedQuery(key, text, language, grades.pop(key)))
    if not found:
        raise Malformed(f"{judgements}: no query of {path} has a document of a grade above 0")
    return found


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        query, document, grade = _judgement(line, path, number)
        if number == 1 and not re.search("[0-9]", grade):
            continue
        # TREC's files have negative grades for what is misleading.
        if not grade.removeprefix("-").isdecimal():
            raise Malformed(f"{path}:{number}: the grade {grade!r} is not a whole number")
        if int(grade) > HIGHEST_GRADE:
            raise Malformed(f"{path}:{number}: the grade {grade} is above {HIGHEST_GRADE}")
        if int(grade) > 0:
            grades.setdefault(query, {})[document] = int(grade)
    return grades


def _judgement(line: str, path: Path, number: int) -> tuple[str, str, str]:
    parts = [part.strip() for part in line.rstrip("\r\n").split("\t")]
    if len(parts) == 1:
        parts = line.split()
        if len(parts) != 4:
            parts = []
    if len(parts) not in (3, 4):
        raise Malformed(f"{path}:{number}: expected query, document and grade with tabs between")
    return parts[0], parts[-2], parts[-1]


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Malformed(f"{path}:{number}: not JSON ({error})") from error
        if not isinstance(value, dict):
            raise Malformed(f"{path}:{number}: not an object")
        yield number, value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise Malformed(f"{path}: {error}") from error


def _text(
    line: Mapping[str, Any], name: str, path: Path, number: int, *, may_miss: bool = False
) -> str:
    value = line.get(name, "" if may_miss else None)
    if value is None and may_miss:
        return ""
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not (value.strip() or may_miss):
        raise Malformed(f"{path}:{number}: {name!r} has to be a text")
    return value


def _language(line: Mapping[str, Any], path: Path, number: int) -> str:
    """The site's language of a code such as "pt" or "pt-BR"; UNDETERMINED for any other or none."""
    text = _text(line, "language", path, number, may_miss=True)
    base = re.split("[-_]", text.strip().lower())[0]
    return base if base in dict(settings.LANGUAGES) else UNDETERMINED
