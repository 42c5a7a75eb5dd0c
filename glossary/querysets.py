"""Reads of the glossary."""

from __future__ import annotations

from typing import Any

from django.db import models


class GlossaryTermQuerySet(models.QuerySet[Any]):
    def in_language(self, code: str) -> GlossaryTermQuerySet:
        """The terms of one language."""
        return self.filter(locale__language_code=code)

    def translations_of(self, terms: models.QuerySet[Any]) -> GlossaryTermQuerySet:
        """All terms of the concepts that these terms name, in every language."""
        return self.filter(translation_key__in=terms.values("translation_key"))
