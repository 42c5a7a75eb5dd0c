"""Lists of codes that the directory is filtered and matched by (domain.md 3.3 and 3.8).

Codes are stored and stand in addresses; the words beside them are what people read.
"""

from __future__ import annotations

from functools import cache

from django.conf.locale import LANG_INFO
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an organisation is; an exchange counts by the kind of the visitor."""

    CLUSTER = "cluster", _("Cluster organisation")
    SME = "sme", _("Small or medium-sized enterprise")
    SCALING_UP = "scaling_up", _("Scaling-up support organisation")
    LARGE = "large", _("Large company")
    PUBLIC = "public_organisation", _("Public organisation")
    TRAINING = "training_provider", _("Training provider")
    RESEARCH = "research", _("Research organisation")
    NETWORK = "network", _("Network")
    OTHER = "other", _("Other")


class SizeClass(TextChoices):
    """After Recommendation 2003/361/EC; see `directory.sizes`."""

    MICRO = "micro", _("Micro enterprise")
    SMALL = "small", _("Small enterprise")
    MEDIUM = "medium", _("Medium-sized enterprise")
    LARGE = "large", _("Large enterprise")


class ChainRole(TextChoices):
    """Where in the chain from fibre to fibre an organisation works."""

    FIBRE = "fibre", _("Fibre")
    YARN = "yarn", _("Yarn")
    FABRIC = "fabric", _("Fabric")
    FINISHING = "finishing", _("Dyeing and finishing")
    DESIGN = "design", _("Design")
    MAKING = "making", _("Making")
    BRAND = "brand", _("Brand")
    RETAIL = "retail", _("Retail")
    SORTING = "sorting", _("Collection and sorting")
    RECYCLING = "recycling", _("Recycling")
    MACHINERY = "machinery", _("Machinery")
    DIGITAL = "digital", _("Digital services")
    EDUCATION = "education", _("Education")
    PUBLIC = "public", _("Public support")


class Capability(TextChoices):
    """What can be offered and sought: the same list, so that the two can meet."""

    SPINNING = "spinning", _("Spinning")
    WEAVING = "weaving", _("Weaving")
    KNITTING = "knitting", _("Knitting")
    FINISHING = "finishing", _("Dyeing and finishing")
    PRINTING = "printing", _("Printing")
    DESIGN = "design", _("Design")
    PATTERNS = "patterns", _("Pattern making and sampling")
    SAMPLING_3D = "sampling_3d", _("3D sampling")
    SEWING = "sewing", _("Cutting and sewing")
    SMALL_SERIES = "small_series", _("Small series")
    LEATHER = "leather", _("Leather and footwear")
    DEADSTOCK = "deadstock", _("Deadstock and offcuts")
    RECYCLED_MATERIAL = "recycled_material", _("Recycled materials")
    REPAIR = "repair", _("Repair and alteration")
    RENTAL = "rental", _("Rental")
    RESALE = "resale", _("Resale")
    COLLECTION = "collection", _("Collection of used textiles")
    SORTING = "sorting", _("Sorting")
    RECYCLING = "recycling", _("Recycling")
    TESTING = "testing", _("Testing and certification")
    TRACEABILITY = "traceability", _("Traceability and product passports")
    SOFTWARE = "software", _("Software and data")
    MACHINERY = "machinery", _("Machinery and automation")
    TRAINING = "training", _("Training")
    ADVICE = "advice", _("Advice and funding")
    SALES = "sales", _("Sales and distribution")
    PARTNERS = "partners", _("Project partners")


class Certification(TextChoices):
    """Certificates that an organisation says it holds; the names are the owners' own."""

    GOTS = "gots", "GOTS"
    OEKO_TEX = "oeko_tex", "OEKO-TEX"
    GRS = "grs", "Global Recycled Standard"
    RCS = "rcs", "Recycled Claim Standard"
    B_CORP = "b_corp", "B Corp"
    ISO_9001 = "iso_9001", "ISO 9001"
    ISO_14001 = "iso_14001", "ISO 14001"
    EU_ECOLABEL = "eu_ecolabel", "EU Ecolabel"
    SA8000 = "sa8000", "SA8000"
    BLUESIGN = "bluesign", "bluesign"


class TraitKind(TextChoices):
    """The facts of which an organisation can have several, each a code of its list."""

    ROLE = "role", _("Role in the chain")
    CERTIFICATION = "certification", _("Certification")
    LANGUAGE = "language", _("Language")
    EXPORT = "export", _("Exports to")


class LineKind(TextChoices):
    OFFER = "offer", _("Offers")
    SEEK = "seek", _("Seeks")


class Level(TextChoices):
    """Of cluster management excellence (domain.md 3.8)."""

    BRONZE = "bronze", _("Bronze")
    SILVER = "silver", _("Silver")
    GOLD = "gold", _("Gold")


class Role(TextChoices):
    """Of a person in an organisation."""

    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


# Languages of Europe that people of these trades work in, by ISO 639-1.
SPOKEN = [
    "ar",
    "bg",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fi",
    "fr",
    "ga",
    "gl",
    "hr",
    "hu",
    "hy",
    "is",
    "it",
    "lt",
    "lv",
    "mk",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "tr",
    "uk",
]


@cache
def spoken_languages() -> dict[str, str]:
    """{code: the language's own name}, by name."""
    names = {code: str(LANG_INFO[code]["name_local"]).capitalize() for code in SPOKEN}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
