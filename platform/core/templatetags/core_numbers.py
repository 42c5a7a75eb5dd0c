"""Numbers as a reader writes them."""

from decimal import Decimal, InvalidOperation

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def plain_number(value: object) -> str:
    """A number in the current language, without the zeros that a decimal column adds. Anything else as it is."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "" if value is None else str(value)
    if not number.is_finite():
        return str(value)
    return number_format(f"{number.normalize():f}", use_l10n=True, force_grouping=True)
