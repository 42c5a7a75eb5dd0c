"""The size class of an enterprise by the European definition."""

from __future__ import annotations

from decimal import Decimal

from directory.vocabulary import SizeClass

# Class: fewer staff than, and turnover or balance sheet of at most, in millions of euros.
LIMITS = (
    (SizeClass.MICRO, 10, Decimal(2), Decimal(2)),
    (SizeClass.SMALL, 50, Decimal(10), Decimal(10)),
    (SizeClass.MEDIUM, 250, Decimal(50), Decimal(43)),
)


def size_class(
    *, staff: int | None, turnover: Decimal | None = None, balance: Decimal | None = None
) -> SizeClass | None:
    """The class by staff (annual work units), turnover and balance sheet (millions of euros).

    Recommendation 2003/361/EC, article 2: the ceiling of staff holds, and one of the two others is
    enough. Figures of money may be missing: then staff alone decides, as in a self-declaration of
    a first contact. None without staff. Linked enterprises must be counted in by whoever declares.
    """
    if staff is None:
        return None
    for found, most_staff, most_turnover, most_balance in LIMITS:
        if staff >= most_staff:
            continue
        money = [(turnover, most_turnover), (balance, most_balance)]
        known = [(value, most) for value, most in money if value is not None]
        if not known or any(value <= most for value, most in known):
            return found
    return SizeClass.LARGE
