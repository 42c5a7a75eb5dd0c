"""Short texts in several languages beside the English one: a field of {language code: text}."""

from __future__ import annotations

from collections.abc import Mapping

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
