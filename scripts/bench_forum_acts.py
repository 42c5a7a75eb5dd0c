"""What members send while scripts/bench_forum.py measures, and how long it takes until it is shown."""

from __future__ import annotations

import http.client
import statistics
import sys
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench import Measured
from bench_sizes import Site

TOKEN = "b" * 32
POSTS_PER_PAGE = 20
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def act_row(act: str, sites: dict[str, Site]) -> dict[str, Any]:
    """An act of members, one after the other, until its answer is shown; both sites in turn."""
    print(act, file=sys.stderr)
    times: dict[str, list[float]] = {name: [] for name in sites}
    used: dict[str, float] = dict.fromkeys(sites, 0.0)
    for place in range(min(len(site.wanted["acts"][act]["cookies"]) for site in sites.values())):
        for name, site in sites.items():
            wanted = site.wanted["acts"][act]
            before = site.used()
            began = time.perf_counter()
            send(site.port, message_of(wanted, place), wanted["cookies"][place])
            times[name].append((time.perf_counter() - began) * 1000)
            used[name] += site.used() - before
    measured = {}
    for name, taken in times.items():
        cuts = statistics.quantiles(taken, n=100)
        mean = statistics.fmean(taken)
        cpu = used[name] * 1000 / len(taken)
        measured[name] = Measured(1000 / mean, cuts[49], cuts[94], cuts[98], cpu, errors=0)
    return {
        "name": act,
        "reader": "member",
        "queries": {name: site.wanted["acts"][act]["queries"] for name, site in sites.items()},
        "measured": measured,
    }


def message_of(act: dict[str, Any], place: int) -> dict[str, Any]:
    """{path, fields, headers} of what is sent after `place` others of its kind.

    With `seen` it is sent as htmx does from the page on which the post will stand.
    """
    fields = act["fields"] | {"key": str(uuid4())}
    if "source" in fields:
        # The same text twice is refused, and so is what could be a telephone number.
        fields["source"] = f"{fields['source']} ({uuid4().hex.translate(LETTERS)})"
    if "seen" not in act:
        return {"path": act["path"], "fields": fields, "headers": {}}
    seen = act["seen"] + place
    return {
        "path": f"{act['path']}?page={seen // POSTS_PER_PAGE + 1}",
        "fields": fields | {"seen": str(seen)},
        "headers": {"HX-Request": "true"},
    }


def send(port: int, message: dict[str, Any], cookie: str) -> None:
    """Send a form and read what shows the answer: the answer itself, or the page that it leads to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}"} | message["headers"]
    body = urlencode(message["fields"] | {"csrfmiddlewaretoken": TOKEN})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", message["path"], body, headers | form)
    answer = connection.getresponse()
    page = answer.read()
    target = answer.getheader("Location")
    if message["headers"]:
        if answer.status != 200 or b"<article" not in page:
            raise SystemExit(f"bench-forum: {message['path']} answered {answer.status} in place")
    elif answer.status != 302 or not target:
        raise SystemExit(f"bench-forum: {message['path']} answered {answer.status} to a form")
    else:
        connection.request("GET", target.partition("#")[0], headers=headers)
        shown = connection.getresponse()
        shown.read()
        if shown.status != 200:
            raise SystemExit(f"bench-forum: {target} answered {shown.status}")
    connection.close()
