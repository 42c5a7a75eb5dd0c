"""The document that Elasticsearch keeps of an entry, and how each language is analysed.

Only what Elasticsearch's core and its module analysis-common bring is used.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from elasticsearch_dsl import (
    Boolean,
    Date,
    Document,
    Index,
    Keyword,
    Long,
    MetaField,
    Object,
    Text,
    analyzer,
    token_filter,
)

from search.entries import UNDETERMINED, audience_tokens
from search.models import SearchEntry
from search.parsing import FACETS

TEXTS = ("title", "summary", "headings", "body", "organisation")

# Language: (name of the stop words, name of the stemmer, articles that an apostrophe ends).
ANALYSES: dict[str, tuple[str, str, str]] = {
    "en": ("_english_", "english", ""),
    "ca": ("_catalan_", "catalan", "d l m n s t"),
    "da": ("_danish_", "danish", ""),
    "es": ("_spanish_", "light_spanish", ""),
    "fr": ("_french_", "light_french", "l m t qu n s j d c jusqu quoiqu lorsqu puisqu"),
    "pt": ("_portuguese_", "light_portuguese", ""),
    "bg": ("_bulgarian_", "bulgarian", ""),
    "ro": ("_romanian_", "romanian", ""),
}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# These facets are what an entry has one of; the others are what its app says.
COLUMNS = ("kind", "language")
# A title's words are found at once by so many of their first letters.
LONGEST_BEGINNING = 12


def _analyzer(code: str) -> Any:
    stop_words, stemmer, articles = ANALYSES[code]
    stem = token_filter(f"stem_{code}", "stemmer", language=stemmer)
    fold = token_filter("fold", "asciifolding")
    # Stems depend on accents, and people leave accents out: each word is kept as stemmed with its
    # accents and as stemmed without them.
    both = token_filter(
        f"both_{code}", "multiplexer", preserve_original=False, filters=[[stem, fold], [fold, stem]]
    )
    filters = ["lowercase", token_filter(f"stop_{code}", "stop", stopwords=stop_words), both]
    if articles:
        filters.insert(
            0,
            token_filter(
                f"elision_{code}", "elision", articles=articles.split(), articles_case=True
            ),
        )
    return analyzer(f"text_{code}", tokenizer="standard", filter=filters)


def _texts(code: str) -> Object:
    analysed = _as_written() if code == UNDETERMINED else _analyzer(code)
    return Object(
        properties={name: Text(analyzer=analysed, copy_to=exact_field(name)) for name in TEXTS}
    )


def _as_written() -> Any:
    """Words of any language, accents and case apart."""
    articles = sorted({one for _stop, _stem, some in ANALYSES.values() for one in some.split()})
    filters = [
        token_filter("elision_all", "elision", articles=articles, articles_case=True),
        "lowercase",
        token_filter("fold", "asciifolding"),
    ]
    return analyzer("exact", tokenizer="standard", filter=filters)


def _exact_texts() -> Object:
    """The words as they are written, of all languages together."""
    exact = _as_written()
    beginnings = {"min_chars": 1, "max_chars": LONGEST_BEGINNING}
    return Object(
        properties={
            name: Text(
                analyzer=exact,
                **({"index_prefixes": beginnings} if name == "title" else {}),
            )
            for name in TEXTS
        }
    )


def field(code: str, name: str) -> str:
    """The path of a text in one language, such as "text.ca.title"."""
    return f"text.{code}.{name}"


def exact_field(name: str) -> str:
    """The path of a text as it is written, such as "exact.title"."""
    return f"exact.{name}"


def facet_field(name: str) -> str:
    """The path of a facet, such as "facets.country"."""
    return name if name in COLUMNS else f"facets.{name}"


class EntryDocument(Document):
    """One entry; its texts stand under its language, so that each is analysed as it should be."""

    entry = Long()
    kind = Keyword()
    language = Keyword()
    audience = Keyword()
    group = Keyword()
    page = Long(index=False)
    date = Date()
    facets = Object(properties={name: Keyword() for name in FACETS if name not in COLUMNS})
    url = Keyword(index=False, doc_values=False)
    is_sample = Boolean(index=False, doc_values=False)
    text = Object(properties={code: _texts(code) for code in (*LANGUAGES, UNDETERMINED)})
    exact = _exact_texts()

    class Meta:
        dynamic = MetaField("strict")


def definition() -> dict[str, Any]:
    """Settings and mappings of a new index; the mapping's `_meta` tells its own fingerprint."""
    index = Index("entries")
    index.document(EntryDocument)
    body: dict[str, Any] = index.to_dict()
    text = json.dumps(body, sort_keys=True)
    body["mappings"]["_meta"] = {"fingerprint": hashlib.sha256(text.encode()).hexdigest()[:16]}
    body["settings"] |= {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        # For so long the version of a deleted document is remembered against late writes.
        "gc_deletes": "1h",
        "refresh_interval": "1s",
    }
    return body


def source_of_row(row: SearchEntry) -> dict[str, Any]:
    """The document of a row that is no tombstone."""
    texts = {name: value for name in TEXTS if (value := getattr(row, name))}
    return {
        "entry": row.pk,
        "kind": row.kind,
        "language": row.language,
        "audience": audience_tokens(row.audience),
        "group": row.group,
        "page": row.page_id,
        "facets": {name: codes for name, codes in row.facets.items() if name in FACETS},
        "date": row.date.isoformat() if row.date else None,
        "url": row.url,
        "is_sample": row.is_sample,
        "text": {row.language: texts},
    }


def action_of_row(row: SearchEntry) -> dict[str, Any]:
    """What to do to Elasticsearch for a row, as the bulk helpers want it.

    The row's version goes along, so that whatever comes late is refused.
    """
    action: dict[str, Any] = {
        "_id": row.source,
        "version": row.version,
        "version_type": "external",
    }
    if row.is_deleted:
        return action | {"_op_type": "delete"}
    return action | {"_op_type": "index", "_source": source_of_row(row)}
