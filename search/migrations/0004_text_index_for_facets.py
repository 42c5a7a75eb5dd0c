"""The text index of PostgreSQL learns facets, dates and the words as they are written.

SQLite reads all of them from the entries themselves.
"""

from django.db import migrations

TEXTS = ("title", "summary", "headings", "body", "organisation")
WEIGHTS = dict(zip(TEXTS, "ABBDC", strict=True))


def keep(*, with_facets):
    """The trigger's function, with what this migration adds or as it was before."""
    vector = " || ".join(
        f"search_vector(NEW.language, NEW.{name}, '{weight}')" for name, weight in WEIGHTS.items()
    )
    unchanged = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("language", *TEXTS))
    light = {"kind": "NEW.kind", "audience": "tokens", "group_key": 'NEW."group"'}
    heavy = {"language": "NEW.language", "vector": vector}
    if with_facets:
        light |= {
            "facets": "search_facets(NEW.kind, NEW.language, NEW.facets)",
            "date": "NEW.date",
        }
        heavy |= {
            "exact": "search_exact(NEW.title, NEW.summary, NEW.headings, NEW.organisation)",
            "heading": "lower(unaccent(NEW.title || ' ' || NEW.organisation))",
        }
    every = light | heavy
    return f"""
        CREATE OR REPLACE FUNCTION search_text_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            tokens text[] := string_to_array(trim(both '|' from NEW.audience), '|');
        BEGIN
            IF NEW.is_deleted THEN
                DELETE FROM search_text WHERE entry_id = NEW.id;
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' AND {unchanged} THEN
                UPDATE search_text SET {", ".join(f"{name} = {value}" for name, value in light.items())}
                WHERE entry_id = NEW.id;
                IF FOUND THEN
                    RETURN NULL;
                END IF;
            END IF;
            INSERT INTO search_text (entry_id, {", ".join(every)})
            VALUES (NEW.id, {", ".join(every.values())})
            ON CONFLICT (entry_id) DO UPDATE SET
                {", ".join(f"{name} = EXCLUDED.{name}" for name in every)};
            RETURN NULL;
        END $$
    """


def trigger(*names):
    columns = ", ".join((*TEXTS, "language", "kind", "audience", '"group"', "is_deleted", *names))
    yield "DROP TRIGGER search_text_keep ON search_searchentry"
    yield f"""
        CREATE TRIGGER search_text_keep AFTER INSERT OR UPDATE OF {columns} ON search_searchentry
        FOR EACH ROW EXECUTE FUNCTION search_text_keep()
    """


def forwards():
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    yield """
        CREATE FUNCTION search_facets(kind text, language text, facets jsonb) RETURNS text[]
        LANGUAGE sql STABLE AS $$
            SELECT array_agg(facet || ':' || code) FROM (
                SELECT 'kind' AS facet, kind AS code
                UNION ALL SELECT 'language', language
                UNION ALL SELECT f.key, jsonb_array_elements_text(f.value) FROM jsonb_each(facets) f
            ) AS every
        $$
    """
    # The configuration of Bulgarian knows no stems and no stop words: words as they are written.
    yield """
        CREATE FUNCTION search_exact(title text, summary text, headings text, organisation text)
        RETURNS tsvector LANGUAGE sql STABLE AS $$
            SELECT setweight(to_tsvector('search_bg', translate(title, '/_', '  ')), 'A')
                || setweight(to_tsvector('search_bg', translate(summary, '/_', '  ')), 'B')
                || setweight(to_tsvector('search_bg', translate(headings, '/_', '  ')), 'B')
                || setweight(to_tsvector('search_bg', translate(organisation, '/_', '  ')), 'C')
        $$
    """
    yield """
        ALTER TABLE search_text
            ADD COLUMN facets text[] NOT NULL DEFAULT '{}',
            ADD COLUMN date timestamptz,
            ADD COLUMN exact tsvector NOT NULL DEFAULT '',
            ADD COLUMN heading text NOT NULL DEFAULT ''
    """
    yield """
        UPDATE search_text t SET
            facets = search_facets(e.kind, e.language, e.facets),
            date = e.date,
            exact = search_exact(e.title, e.summary, e.headings, e.organisation),
            heading = lower(unaccent(e.title || ' ' || e.organisation))
        FROM search_searchentry e WHERE e.id = t.entry_id
    """
    yield "CREATE INDEX search_text_exact ON search_text USING gin (exact)"
    yield "CREATE INDEX search_text_facets ON search_text USING gin (facets)"
    yield "CREATE INDEX search_text_heading ON search_text USING gin (heading gin_trgm_ops)"
    yield keep(with_facets=True)
    yield from trigger("facets", "date")


def backwards():
    yield keep(with_facets=False)
    yield from trigger()
    yield """
        ALTER TABLE search_text
            DROP COLUMN facets, DROP COLUMN date, DROP COLUMN exact, DROP COLUMN heading
    """
    yield "DROP FUNCTION search_exact(text, text, text, text)"
    yield "DROP FUNCTION search_facets(text, text, jsonb)"


def execute(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_sqlite_word_forms")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: execute(schema_editor, forwards()),
            lambda apps, schema_editor: execute(schema_editor, backwards()),
        )
    ]
