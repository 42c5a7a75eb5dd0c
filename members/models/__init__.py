"""The data of the members."""

from members.models.accounts import Profile, User, UserManager
from members.models.contacts import Block, ContactRequest
from members.models.privacy import Consent, ConsentText, DataCopy, ErasureRequest, Purpose

__all__ = [
    "Block",
    "Consent",
    "ConsentText",
    "ContactRequest",
    "DataCopy",
    "ErasureRequest",
    "Profile",
    "Purpose",
    "User",
    "UserManager",
]
