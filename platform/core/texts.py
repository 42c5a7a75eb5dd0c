"""Texts in several languages beside the English one, a field of {language code: text}; and their versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_active_language(texts: Mapping[str, str], english: str) -> str:
    """The text in the active language, else the English one."""
    return texts.get((get_language() or "")[:2]) or english


def language_of(texts: Mapping[str, str]) -> str:
    """The language of the text that `in_active_language` gives."""
    active = (get_language() or "")[:2]
    return active if texts.get(active) else settings.LANGUAGE_CODE


def check(instance: Model, *fields: str) -> None:
    """Raise ValidationError at the first of the fields that is no mapping of known codes to texts."""
    known = {code for code, _name in settings.LANGUAGES}
    for field in fields:
        texts = getattr(instance, field)
        if not isinstance(texts, dict) or not all(
            code in known and isinstance(text, str) for code, text in texts.items()
        ):
            raise ValidationError({field: _("Give one text for each language code.")})


class Versioned(Model):
    """One version of a text that people are held to: its words never change once stored.

    A subclass has the fields `text` and `texts`, and names in `WORDING` what makes a version what it is.
    """

    WORDING: tuple[str, ...]
    text: Any
    texts: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it. Raises TypeError for other words, which are another version."""
        if not self._state.adding:
            rows = type(self)._default_manager.filter(pk=self.pk)
            stored = rows.values(*self.WORDING).first()
            if stored and any(stored[name] != getattr(self, name) for name in self.WORDING):
                raise TypeError("the words of a version are changed by a new version")
        super().save(*args, **kwargs)

    @property
    def wording(self) -> str:
        """The text in the active language, else in English."""
        return in_active_language(self.texts, self.text)

    @property
    def wording_language(self) -> str:
        """The language in which `wording` is."""
        return language_of(self.texts)
