from core.models.media import CustomDocument, CustomImage, CustomRendition, DocumentText
from core.models.mixins import FreshnessMixin, ListingMixin, SampleMixin, SocialMixin
from core.models.operations import ContentChange, PeriodicRun

__all__ = [
    "ContentChange",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "DocumentText",
    "FreshnessMixin",
    "ListingMixin",
    "PeriodicRun",
    "SampleMixin",
    "SocialMixin",
]
