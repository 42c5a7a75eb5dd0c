"""What search reads of an organisation: whatever its profile says in words, and no contact."""

import pytest

from core import searchable
from directory.models import NaceDivision, Organisation
from directory.vocabulary import TraitKind
from tests.factories.directory import make_cluster

pytestmark = pytest.mark.django_db

# {where it stands: the words that find it}
SAID = {
    "description": "Linen sailcloth",
    "products": "Tents",
    "materials": "Hemp",
    "region": "North (Portugal)",
    "country": "Portugal",
    "town": "Nowhere",
    "role": "Dyeing and finishing",
    "certification": "GOTS",
    "language": "Català",
    "export": "Denmark",
    "offer": "Repair and alteration",
    "activity": "13.20",
    "other activity": "13.30",
    "value chain": "Fashion and textile",
    "strategy": "Recycling",
    "hosting": "Fulling",
    "accessibility": "A lift",
    "mission": "To weave on",
    "services": "Fairs",
    "technologies": "Looms",
    "other labels": "Cluster of the year",
    "networks": "Euratex",
}


@pytest.fixture
def entry():
    made = make_cluster(
        town="Nowhere",
        region="PT11",
        description="Linen sailcloth",
        products="Tents",
        materials="Hemp",
        contact_role="The gatekeeper",
        contact_email="gate@example.org",
        nace=NaceDivision.objects.get(pk="13.20"),
        other_nace=["13.30"],
        strategies=["recycling"],
        roles=["finishing"],
        certifications=["gots"],
        languages=["ca"],
        exports=["DK"],
        offers=["repair"],
        hosting={"most_visitors": 3, "topics": "Fulling", "accessibility": "A lift"},
        cluster={
            "mission": "To weave on",
            "services": "Fairs",
            "technology_fields": "Looms",
            "other_labels": "Cluster of the year",
            "networks": "Euratex",
        },
    )
    known = searchable.for_model(Organisation)
    read = [known.entry(one) for one in (made, known.queryset().get(pk=made.pk))]
    # Read one by one or among many, it is the same.
    assert read[0] == read[1]
    return read[0]


def test_every_word_of_the_profile_finds_it_and_no_contact(entry):
    body = entry.body.casefold()
    assert [what for what, words in SAID.items() if words.casefold() not in body] == []
    assert "gate" not in body


def test_what_it_exports_to_is_named_in_the_language_of_the_profile():
    assert set(TraitKind.values) == {"role", "certification", "language", "export"}
    made = make_cluster(language="fr", exports=["DK"])
    assert "Danemark" in searchable.for_model(Organisation).entry(made).body
