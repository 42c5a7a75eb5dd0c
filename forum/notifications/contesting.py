"""The link by which whoever sent a report contests its outcome, without an account."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from forum.models import Report

SALT = "forum.contest"


def contest_path(report: Report) -> str:
    """The address, in the active language; whoever is given it may contest."""
    word = signing.Signer(salt=SALT).sign(str(report.reference)).rpartition(":")[2]
    return reverse("forum:contest", args=[report.reference, word])


def may_contest(report: Report, word: str) -> bool:
    """Whether `contest_path` has made this word for the report."""
    try:
        signing.Signer(salt=SALT).unsign(f"{report.reference}:{word}")
    except signing.BadSignature:
        return False
    return True
