"""Measuring the search on any collection."""

import json
import os

import pytest
from django.core.management import CommandError, call_command

from search.elastic import client
from search.measuring import ndcg, quality, reciprocal_rank
from search.models import SearchEntry

GRADES = {"a": 3, "b": 1}


@pytest.mark.parametrize(
    ("found", "gain", "rank"),
    [
        (["a", "b"], 1.0, 1.0),
        (["x", "a", "b"], (7 / 1.585 + 1 / 2) / (7 + 1 / 1.585), 0.5),
        (["x"] * 10 + ["a"], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_gains_are_discounted_by_place(found, gain, rank):
    assert ndcg(found, GRADES) == pytest.approx(gain, abs=1e-3)
    assert reciprocal_rank(found, GRADES) == rank


def test_means_and_the_share_without_a_result():
    both = quality([(["a", "b"], GRADES), ([], GRADES)])
    assert (both.ndcg, both.mrr, both.nothing, both.queries) == (0.5, 0.5, 0.5, 2)
    assert quality([]).queries == 0


DOCUMENTS = [
    ("d1", "en", "Natural dyes", "Madder and woad give red and blue."),
    ("d2", "en", "Spinning", "Short fibres break while they are spun."),
    ("d3", "fr", "Teinture végétale", "La garance donne un rouge durable."),
    ("d4", "fr", "Filature", "Les fibres courtes cassent."),
    ("d5", "bg", "Растителни багрила", "Брошът дава червено."),
    ("d6", "bg", "Предене", "Късите влакна се късат."),
    ("d7", "en", "Weaving", "Looms and warps."),
]
QUERIES = [
    ("q1", "en", "which plant dyes wool red?", {"d1": 2}),
    ("q2", "en", "spinner of short fibre", {"d2": 1}),
    ("q3", "fr", "Quelle teinture est végétale ?", {"d3": 3}),
    ("q4", "fr", "fibre courte", {"d4": 1}),
    ("q5", "bg", "растително багрило или багрила", {"d5": 1}),
    ("q6", "bg", "защо се късат влакна", {"d6": 1}),
]


@pytest.fixture
def files(tmp_path):
    """The arguments for a small collection in three languages; other lines can be given."""

    def write(**lines):
        contents = {
            "documents": [
                json.dumps(dict(zip(("id", "language", "title", "body"), one, strict=True)))
                for one in DOCUMENTS
            ],
            "queries": [
                json.dumps(dict(zip(("id", "language", "text"), one[:3], strict=True)))
                for one in QUERIES
            ],
            "judgements": [
                f"{one[0]}\t{document}\t{grade}"
                for one in QUERIES
                for document, grade in {**one[3], "d7": 0}.items()
            ],
            **lines,
        }
        for name, some in contents.items():
            (tmp_path / name).write_text("\n".join(some) + "\n", encoding="utf-8")
        return [f"--{name}={tmp_path / name}" for name in contents]

    return write


def measured(capsys, files):
    call_command("search_quality", *files)
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_a_collection_is_measured_with_the_database_and_leaves_nothing(capsys, files, settings):
    settings.ELASTICSEARCH_URL = ""
    engine, gain, rank, nothing = measured(capsys, files())
    assert engine in {
        "engine postgresql, 7 documents, 6 queries",
        "engine sqlite, 7 documents, 6 queries",
    }
    assert gain.startswith("nDCG@10 ")
    assert float(gain.split()[1]) >= 0.8
    assert (rank.split()[0], nothing.split()[0]) == ("MRR@10", "without")
    assert not SearchEntry.objects.filter(audience__contains="measured").exists()


@pytest.mark.services
@pytest.mark.django_db
def test_a_collection_is_measured_with_elasticsearch_and_leaves_nothing(capsys, files, settings):
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    before = set(client.for_work().indices.get(index="trial-*"))
    engine, gain, *_rest = measured(capsys, files())
    assert engine == "engine elasticsearch, 7 documents, 6 queries"
    assert gain == "nDCG@10 1.0000"
    assert set(client.for_work().indices.get(index="trial-*")) <= before


FOREIGN = {
    "documents": [
        '\ufeff{"id": "d1", "body": "Färben mit Krapp", "language": "de"}',
        "",
        '{"id": "d2", "title": "Tingimento", "body": "com ruiva", "language": "pt-BR"}',
        '{"id": 3, "title": "Spinning", "body": null, "language": "EN_gb"}',
        '{"id": "d4", "title": "Saksı", "body": "kırmızı boya"}',
    ],
    "queries": [
        '{"id": "q1", "text": "womit färben?", "language": "de-AT"}',
        '{"id": "q2", "text": "tingimentos", "language": "pt-BR"}',
        '{"id": "q3", "text": "spin", "language": "en"}',
        '{"id": "q4", "text": "hangi boya", "language": ""}',
    ],
}
JUDGEMENTS = {
    "tabs": ["q1\td1\t1", "q2\td2\t3", "q3\t3\t1", "q4\td4\t2"],
    "headings": ["query_id\tdoc_id\tgrade", "q1\td1\t1", "", "q2\td2\t3", "q3\t3\t1"],
    "TREC": ["q1 0 d1 1", "q2 0 d2 2", "q3 0 3 1", "q4 0 d4 -1"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("form", JUDGEMENTS)
@pytest.mark.parametrize(
    "engine", ["", pytest.param("ELASTICSEARCH_URL", marks=pytest.mark.services)]
)
def test_any_language_and_the_usual_forms_of_files_are_read(capsys, files, settings, engine, form):
    settings.ELASTICSEARCH_URL = os.environ[engine] if engine else ""
    first, gain, _rank, nothing = measured(capsys, files(**FOREIGN, judgements=JUDGEMENTS[form]))
    assert "4 documents" in first
    assert (gain, nothing) == ("nDCG@10 1.0000", "without result 0.0000")


GOOD = '{"id": "q1", "text": "dyes", "language": "en"}'
MALFORMED = [
    ({"documents": ["{"]}, "documents:1: not JSON"),
    ({"documents": ["[1]"]}, "documents:1: not an object"),
    ({"documents": ['{"title": "x", "language": "en"}']}, "documents:1: 'id' has to be a text"),
    ({"documents": ['{"id": "a", "language": 1}']}, "documents:1: 'language' has to be a text"),
    ({"documents": ['{"id": 1, "language": "en"}'] * 2}, "documents:2: the id '1' is there twice"),
    ({"queries": [GOOD, '{"id": "q2", "text": " ", "language": "en"}']}, "queries:2: 'text'"),
    ({"judgements": ["q1 d1 1"]}, "judgements:1: expected query, document and grade"),
    ({"judgements": ["q1\td1\t1", "q1\td1\tx"]}, "judgements:2: the grade 'x' is not a whole"),
    ({"judgements": ["q1\td1\t0.5"]}, "judgements:1: the grade '0.5' is not a whole number"),
    ({"judgements": ["q1\td1\t99"]}, "above 10"),
    ({"judgements": ["q1\td1\t0"]}, "no query of"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("lines", "message"), MALFORMED)
def test_a_malformed_line_is_named(files, settings, lines, message):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(CommandError, match=message):
        call_command("search_quality", *files(**lines))
    assert SearchEntry.objects.count() == 0


def test_a_missing_file_is_named(files, tmp_path):
    arguments = files()
    (tmp_path / "queries").unlink()
    with pytest.raises(CommandError, match="queries"):
        call_command("search_quality", *arguments)
