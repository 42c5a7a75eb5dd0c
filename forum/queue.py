"""The moderators' queue: waiting posts, reports (one case for each post) and appeals, in one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Min, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models import Appeal, Post, Report, Topic
from forum.models.reports import Reason
from forum.references import all_readable

# The gravest first; within one degree the longest wait.
ILLEGAL, CONFIDENTIAL, APPEAL, REPORTED, WAITING = range(5)
MOST_COUNTED = 100
KINDS = {
    "waiting": _("Waiting posts"),
    "report": _("Reports"),
    "appeal": _("Appeals"),
}


@dataclass(slots=True)
class Item:
    """A row of the queue; `reports` are the open ones of the post, folded, `text` is the post's."""

    kind: str
    severity: int
    at: datetime
    url: str
    post: Post | None = None
    appeal: Appeal | None = None
    reports: list[Report] = field(default_factory=list)
    text: str = ""

    @property
    def anchor(self) -> str:
        """The fragment of its row."""
        return f"case-{self.url.rstrip('/').rsplit('/', 1)[-1]}-{self.kind}"

    @property
    def topic(self) -> Topic | None:
        """The topic that it is about; None where there is none, or none any more."""
        if self.post is not None:
            return self.post.topic
        return self.appeal.topic if self.appeal else None

    @property
    def reasons(self) -> list[Any]:
        """The reasons given, each once."""
        return list(dict.fromkeys(report.get_reason_display() for report in self.reports))


def rows(
    user: Any, wanted: Mapping[str, Any] | None = None, *, after: Mapping[str, Any] | None = None
) -> QuerySet[Any]:
    """(severity, at, kind, key) of everything that waits for this moderator, in order; nothing of their own.

    `wanted` may name a kind, a category, a language and a reason; `after` is a row, and all that
    stand before what follows it are left out.
    """
    wanted = {name: value for name, value in (wanted or {}).items() if value}
    parts = _parts(user, wanted)
    kind = wanted.get("kind") or ("report" if "reason" in wanted else "")
    names = {"": list(parts), "report": ["report", "notice"]}.get(kind, [kind])
    chosen = [parts[name] if after is None else _following(parts[name], after) for name in names]
    return chosen[0].union(*chosen[1:], all=True).order_by("severity", "at", "key")


def row_of(user: Any, *kinds: str, key: int) -> dict[str, Any] | None:
    """The row of a case that is of one of these kinds; None where it does not wait."""
    parts = _parts(user, {})
    first, *others = [parts[kind].filter(key=key) for kind in kinds]
    found: dict[str, Any] | None = first.union(*others, all=True).order_by("severity").first()
    return found


def next_item(
    user: Any, wanted: Mapping[str, Any], *, after: Mapping[str, Any] | None
) -> Item | None:
    """The case that follows a row among those `wanted`, else the first of them; None if none waits."""
    if after is not None:
        following = items(list(rows(user, wanted, after=after)[:1]))
        if following:
            return following[0]
    first = list(rows(user, wanted)[:1])
    if after is not None and first and _same(first[0], after):
        return None
    return next(iter(items(first)), None)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (one["kind"], one["key"]) == (other["kind"], other["key"])


def _following(part: Any, row: Mapping[str, Any]) -> Any:
    severity, at, key = row["severity"], row["at"], row["key"]
    later = Q(at__gt=at) | Q(at=at, key__gt=key)
    return part.filter(Q(severity__gt=severity) | (Q(severity=severity) & later))


def _parts(user: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of each kind of case, in no order."""
    posts = Post.objects.moderatable_by(user).waiting().exclude(author=user.pk).order_by()
    reports = Report.objects.moderatable_by(user).open().exclude(post__author=user.pk).order_by()
    appeals = Appeal.objects.decidable_by(user).order_by()
    if category := wanted.get("category"):
        posts = posts.filter(topic__category=category)
        reports = reports.filter(post__topic__category=category)
        appeals = appeals.filter(
            Q(decision__post__topic__category=category) | Q(report__post__topic__category=category)
        )
    if language := wanted.get("language"):
        posts = posts.filter(language=language)
        reports = reports.filter(post__language=language)
        appeals = appeals.filter(
            Q(decision__post__language=language) | Q(report__post__language=language)
        )
    if reason := wanted.get("reason"):
        reports = reports.filter(reason=reason)
    return {
        "waiting": _row(posts, WAITING, "waiting", F("created_at"), F("pk")),
        "report": _reported(reports.filter(post__isnull=False)),
        "notice": _noticed(reports.filter(post__isnull=True)),
        "appeal": _row(appeals, APPEAL, "appeal", F("created_at"), F("pk")),
    }


def items(found: list[Any]) -> list[Item]:
    """The rows of one page with what is shown of them: five queries, however many there are."""
    keys: dict[str, list[int]] = {"waiting": [], "report": [], "notice": [], "appeal": []}
    for row in found:
        keys[row["kind"]].append(row["key"])
    posts = (
        Post.objects.filter(pk__in=keys["waiting"] + keys["report"])
        .select_related("topic__category", "author__profile")
        .in_bulk()
    )
    typed = all_readable(post.source for post in posts.values())
    texts = dict(zip(posts, typed, strict=True))
    reports: dict[Any, list[Report]] = {}
    heads = Report.objects.filter(pk__in=keys["notice"])
    asked = Q(post__in=keys["report"]) | Q(pk__in=keys["notice"])
    if keys["notice"]:
        asked |= Q(post__isnull=True, place__in=heads.exclude(place="").values("place"))
    for report in Report.objects.open().filter(asked):
        reports.setdefault(report.post_id or report.place or ("notice", report.pk), []).append(
            report
        )
    noticed = {
        report.pk: [report, *(one for one in same if one is not report)]
        for same in reports.values()
        for report in same
        if report.post_id is None
    }
    appeals = (
        Appeal.objects.filter(pk__in=keys["appeal"])
        .select_related("decision__topic", "decision__subject", "report__post__topic")
        .in_bulk()
    )
    shown = []
    for row in found:
        kind, key = row["kind"], row["key"]
        item = Item(kind, row["severity"], row["at"], _address(kind, key))
        if kind == "appeal":
            item.appeal = appeals.get(key)
        elif kind == "notice":
            item.reports = noticed.get(key, [])
        else:
            item.post, item.text = posts.get(key), texts.get(key, "")
            item.reports = reports.get(key, [])
        # What was handled since the rows were read is left out.
        if item.post or item.appeal or item.reports:
            shown.append(item)
    return shown


def _row(found: Any, severity: int, kind: str, at: Any, key: Any) -> Any:
    return found.annotate(
        severity=Value(severity, output_field=IntegerField()),
        at=at,
        kind=Value(kind, output_field=CharField()),
        key=key,
    ).values("severity", "at", "kind", "key")


def _reported(found: Any) -> Any:
    weight = Case(
        When(reason=Reason.ILLEGAL, then=Value(ILLEGAL)),
        When(reason=Reason.CONFIDENTIAL, then=Value(CONFIDENTIAL)),
        default=Value(REPORTED),
        output_field=IntegerField(),
    )
    return (
        found.values("post")
        .annotate(
            severity=Min(weight),
            at=Min("created_at"),
            kind=Value("report", output_field=CharField()),
            key=F("post"),
        )
        .values("severity", "at", "kind", "key")
    )


def _noticed(found: Any) -> Any:
    """Notices that are about no post, folded by their place; the key is that of the first."""
    apart = Case(When(place="", then=F("pk")), default=Value(0), output_field=IntegerField())
    return (
        found.annotate(apart=apart)
        .values("place", "apart")
        .annotate(
            severity=Value(ILLEGAL, output_field=IntegerField()),
            at=Min("created_at"),
            kind=Value("notice", output_field=CharField()),
            key=Min("pk"),
        )
        .values("severity", "at", "kind", "key")
    )


def _address(kind: str, key: int) -> str:
    name = {"appeal": "appeal", "notice": "notice"}.get(kind, "post")
    return reverse(f"forum_moderation:{name}", args=[key])
