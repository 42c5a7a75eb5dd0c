"""Rules change by new versions."""

from __future__ import annotations

from django.db import transaction

from forum.models import Rule


@transaction.atomic
def revise_rule(
    *, rule: Rule, title: str, titles: dict[str, str], text: str, texts: dict[str, str]
) -> Rule:
    """Put a new version of a rule into force and return it; the old one stays for its decisions."""
    versions = Rule.objects.select_for_update().filter(code=rule.code)
    highest = max(versions.values_list("version", flat=True))
    versions.update(active=False)
    return Rule.objects.create(
        code=rule.code,
        version=highest + 1,
        title=title,
        titles=titles,
        text=text,
        texts=texts,
        position=rule.position,
    )
