"""The data of the members."""

from members.models.accounts import Profile, User, UserManager
from members.models.privacy import Consent, ConsentText, DataCopy, ErasureRequest, Purpose

__all__ = [
    "Consent",
    "ConsentText",
    "DataCopy",
    "ErasureRequest",
    "Profile",
    "Purpose",
    "User",
    "UserManager",
]
