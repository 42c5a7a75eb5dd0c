"""The text indexes of the embedded engines: tables beside search_searchentry, kept by triggers.

They stand beside it so that a push, which only notes a version, never touches a text index.
On SQLite, a later migration that rewrites search_searchentry drops the triggers on it and has to
make them again as here; the index itself is made anew by `0003_sqlite_word_forms`.
"""

from django.db import migrations

TEXTS = ("title", "summary", "headings", "body", "organisation")

# Language: (configuration, dictionary) that PostgreSQL brings along. Bulgarian has none of its own.
CONFIGURATIONS = {
    "en": ("english", "english_stem"),
    "ca": ("catalan", "catalan_stem"),
    "da": ("danish", "danish_stem"),
    "es": ("spanish", "spanish_stem"),
    "fr": ("french", "french_stem"),
    "pt": ("portuguese", "portuguese_stem"),
    "bg": ("simple", "simple"),
    "ro": ("romanian", "romanian_stem"),
}


def postgresql_forwards():
    yield "CREATE EXTENSION IF NOT EXISTS unaccent"
    for code, (configuration, dictionary) in CONFIGURATIONS.items():
        yield f"CREATE TEXT SEARCH CONFIGURATION search_{code} (COPY = {configuration})"
        yield (
            f"ALTER TEXT SEARCH CONFIGURATION search_{code} "
            f"ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary}"
        )
    plain = " ".join(
        f"WHEN '{code}' THEN '{configuration}'"
        for code, (configuration, _dictionary) in CONFIGURATIONS.items()
    )
    folded = " ".join(f"WHEN '{code}' THEN 'search_{code}'" for code in CONFIGURATIONS)
    yield f"""
        CREATE FUNCTION search_plain(language text) RETURNS regconfig LANGUAGE sql STABLE AS
        $$ SELECT (CASE language {plain} ELSE 'simple' END)::regconfig $$
    """
    yield f"""
        CREATE FUNCTION search_folded(language text) RETURNS regconfig LANGUAGE sql STABLE AS
        $$ SELECT (CASE language {folded} ELSE 'search_bg' END)::regconfig $$
    """
    # Stems depend on accents ("organización"), and people leave accents out, so a text with accents
    # is kept both as it is written and without them. A slash would make two words a file name.
    yield """
        CREATE FUNCTION search_vector(language text, content text, weight "char") RETURNS tsvector
        LANGUAGE plpgsql STABLE AS $$
        DECLARE
            parted text := translate(content, '/_', '  ');
            plain tsvector := to_tsvector(search_plain(language), parted);
            folded tsvector := to_tsvector(search_folded(language), parted);
        BEGIN
            IF plain = folded THEN
                RETURN setweight(plain, weight);
            END IF;
            RETURN setweight(plain || folded, weight);
        END $$
    """
    # A word of no weight in its language, such as "the", is not asked for.
    yield """
        CREATE FUNCTION search_term(language text, term text) RETURNS tsquery
        LANGUAGE plpgsql STABLE AS $$
        DECLARE
            parted text := translate(term, '/_', '  ');
            plain tsquery := phraseto_tsquery(search_plain(language), parted);
        BEGIN
            IF numnode(plain) = 0 THEN
                RETURN plain;
            END IF;
            RETURN plain || phraseto_tsquery(search_folded(language), parted);
        END $$
    """
    # With one form of the words nothing may be found where the other form was.
    yield """
        CREATE FUNCTION search_marked(
            language text, content text, wanted tsquery, options text, mark text
        ) RETURNS text LANGUAGE plpgsql STABLE AS $$
        DECLARE
            headline text := ts_headline(search_plain(language), content, wanted, options);
        BEGIN
            IF strpos(headline, mark) = 0 THEN
                RETURN ts_headline(search_folded(language), content, wanted, options);
            END IF;
            RETURN headline;
        END $$
    """
    yield """
        CREATE TABLE search_text (
            entry_id bigint PRIMARY KEY,
            kind text NOT NULL,
            language text NOT NULL,
            audience text[] NOT NULL,
            group_key text NOT NULL,
            vector tsvector NOT NULL
        )
    """
    yield "CREATE INDEX search_text_vector ON search_text USING gin (vector)"
    vector = " || ".join(
        f"search_vector(NEW.language, NEW.{name}, '{weight}')"
        for name, weight in zip(TEXTS, "ABBDC", strict=True)
    )
    unchanged = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("language", *TEXTS))
    yield f"""
        CREATE FUNCTION search_text_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            tokens text[] := string_to_array(trim(both '|' from NEW.audience), '|');
        BEGIN
            IF NEW.is_deleted THEN
                DELETE FROM search_text WHERE entry_id = NEW.id;
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' AND {unchanged} THEN
                UPDATE search_text
                SET kind = NEW.kind, audience = tokens, group_key = NEW."group"
                WHERE entry_id = NEW.id;
                IF FOUND THEN
                    RETURN NULL;
                END IF;
            END IF;
            INSERT INTO search_text (entry_id, kind, language, audience, group_key, vector)
            VALUES (NEW.id, NEW.kind, NEW.language, tokens, NEW."group", {vector})
            ON CONFLICT (entry_id) DO UPDATE SET
                kind = EXCLUDED.kind, language = EXCLUDED.language, audience = EXCLUDED.audience,
                group_key = EXCLUDED.group_key, vector = EXCLUDED.vector;
            RETURN NULL;
        END $$
    """
    yield """
        CREATE FUNCTION search_text_drop() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                TRUNCATE search_text;
            ELSE
                DELETE FROM search_text WHERE entry_id = OLD.id;
            END IF;
            RETURN NULL;
        END $$
    """
    columns = ", ".join((*TEXTS, "language", "kind", "audience", '"group"', "is_deleted"))
    yield f"""
        CREATE TRIGGER search_text_keep AFTER INSERT OR UPDATE OF {columns} ON search_searchentry
        FOR EACH ROW EXECUTE FUNCTION search_text_keep()
    """
    yield """
        CREATE TRIGGER search_text_drop AFTER DELETE ON search_searchentry
        FOR EACH ROW EXECUTE FUNCTION search_text_drop()
    """
    yield """
        CREATE TRIGGER search_text_empty AFTER TRUNCATE ON search_searchentry
        FOR EACH STATEMENT EXECUTE FUNCTION search_text_drop()
    """


def postgresql_backwards():
    yield "DROP TRIGGER search_text_keep ON search_searchentry"
    yield "DROP TRIGGER search_text_drop ON search_searchentry"
    yield "DROP TRIGGER search_text_empty ON search_searchentry"
    yield "DROP TABLE search_text"
    yield "DROP FUNCTION search_text_keep()"
    yield "DROP FUNCTION search_text_drop()"
    yield "DROP FUNCTION search_marked(text, text, tsquery, text, text)"
    yield "DROP FUNCTION search_term(text, text)"
    yield 'DROP FUNCTION search_vector(text, text, "char")'
    yield "DROP FUNCTION search_plain(text)"
    yield "DROP FUNCTION search_folded(text)"
    for code in CONFIGURATIONS:
        yield f"DROP TEXT SEARCH CONFIGURATION search_{code}"


def sqlite_forwards():
    names = ", ".join(TEXTS)
    yield f"""
        CREATE VIRTUAL TABLE search_text USING fts5(
            {names},
            content='search_searchentry', content_rowid='id',
            tokenize="unicode61 remove_diacritics 2"
        )
    """
    old, new = (", ".join(f"{row}.{name}" for name in TEXTS) for row in ("old", "new"))
    add = f"INSERT INTO search_text(rowid, {names}) VALUES (new.id, {new});"
    remove = (
        f"INSERT INTO search_text(search_text, rowid, {names}) VALUES ('delete', old.id, {old});"
    )
    events = {
        "add": ("INSERT", add),
        "drop": ("DELETE", remove),
        "keep": (f"UPDATE OF {names}", f"{remove} {add}"),
    }
    for name, (event, work) in events.items():
        yield f"""
            CREATE TRIGGER search_text_{name} AFTER {event} ON search_searchentry BEGIN {work} END
        """


def sqlite_backwards():
    for name in ("add", "drop", "keep"):
        yield f"DROP TRIGGER search_text_{name}"
    yield "DROP TABLE search_text"


STATEMENTS = {
    "postgresql": (postgresql_forwards, postgresql_backwards),
    "sqlite": (sqlite_forwards, sqlite_backwards),
}


def install(apps, schema_editor):
    forwards, _backwards = STATEMENTS[schema_editor.connection.vendor]
    for statement in forwards():
        schema_editor.execute(statement)


def uninstall(apps, schema_editor):
    _forwards, backwards = STATEMENTS[schema_editor.connection.vendor]
    for statement in backwards():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, uninstall)]
