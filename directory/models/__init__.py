"""Classifications, organisations, and who belongs where."""

from directory.models.classifications import (
    CLASSIFICATIONS,
    CircularStrategy,
    Classification,
    Country,
    NaceDivision,
    Region,
    ValueChain,
)
from directory.models.counts import PlaceCount
from directory.models.facts import ExcellenceLabel, Line, NameWord, Source, Trait
from directory.models.log import DirectoryLog
from directory.models.organisations import COORDINATE, Organisation
from directory.models.profiles import ClusterProfile, HostingCapacity
from directory.models.ties import Claim, ClusterMembership, Invitation, OrganisationRole

__all__ = [
    "CLASSIFICATIONS",
    "COORDINATE",
    "CircularStrategy",
    "Claim",
    "Classification",
    "ClusterMembership",
    "ClusterProfile",
    "Country",
    "DirectoryLog",
    "ExcellenceLabel",
    "HostingCapacity",
    "Invitation",
    "Line",
    "NaceDivision",
    "NameWord",
    "Organisation",
    "OrganisationRole",
    "PlaceCount",
    "Region",
    "Source",
    "Trait",
    "ValueChain",
]
