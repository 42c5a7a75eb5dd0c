"""What hypothesis may throw at the site."""

from urllib.parse import quote

from hypothesis import strategies as st

# Dates and codes that look right and are not, and what breaks naive parsing.
NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "²",
    "٣",
    "NaN",
    "null",
    "None",
    "\x00",
    "%00",
    "%",
    "..",
    "../../etc/passwd",
    "'\"><script>alert(1)</script>",
    "' OR 1=1 --",
    "2026-13",
    "2026-00",
    "0000-01",
    "9999-12",
    "2026-12",
    "2026-12-31T25:61",
    "ß" * 300,
    "\ud800",
    "\u202e",
    "🧵",
)


def values(known=()):
    """A parameter's value: one that the list knows, a nasty one, or any text."""
    text = st.text(max_size=40)
    return st.one_of(st.sampled_from([*known, *NASTY]), text)


def single_values(parameters):
    """A query string for each parameter with each value that it knows and each nasty one."""
    return [
        f"{name}={_quoted(value)}"
        for name, known in parameters.items()
        for value in (*known, *NASTY)
    ]


def query_strings(parameters):
    """Query strings for a list. `parameters`: {name: values that it knows}.

    Names repeat, unknown ones come along, and now and then nothing is well-formed.
    """
    pairs = st.one_of(
        [st.tuples(st.just(name), values(known)) for name, known in parameters.items()]
        + [st.tuples(st.text(max_size=10), values())]
    )
    encoded = st.lists(pairs, max_size=8).map(
        lambda chosen: "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in chosen)
    )
    raw = st.text(alphabet=st.characters(max_codepoint=126, min_codepoint=33), max_size=60)
    return st.one_of(encoded, encoded, encoded, raw.map(lambda text: text.replace("#", "")))


def _quoted(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
