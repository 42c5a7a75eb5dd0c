"""Whatever changes in the directory, in opportunities, in the glossary and in lists of codes is in
the rows and in the index without anybody doing more; see `test_every_change`.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from directory import actions
from directory.models import (
    CircularStrategy,
    Country,
    NaceDivision,
    Organisation,
    Region,
    ValueChain,
)
from directory.states import State
from directory.vocabulary import TraitKind
from glossary.models import GlossaryTerm
from opportunities import actions as terms
from opportunities.states import State as Term
from search.models import SearchEntry
from search.reading import differences, read_all
from tests.factories.directory import make_cluster, make_organisation
from tests.factories.members import CoordinatorFactory
from tests.factories.opportunities import make_opportunity, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def what_was_there(db):
    read_all()


def findable(**values):
    return SearchEntry.objects.findable().filter(**values).count()


def edited(organisation, editor, fields, **data):
    actions.edit(
        organisation=organisation,
        editor=editor,
        version=organisation.version,
        data=actions.ProfileData(fields=fields, **data),
    )


def organisations():
    coordinator = CoordinatorFactory()
    mill, cluster = make_organisation(), make_cluster()
    made = (mill, cluster)
    make_opportunity(organisation=mill)
    yield "published"
    edited(mill, coordinator, {"name": "Linen mill"})
    yield "renamed"
    assert findable(organisation="Linen mill") == 2
    edited(cluster, coordinator, {}, cluster={"mission": "To weave"}, hosting={"most_visitors": 3})
    yield "described as a cluster"
    assert findable(body__contains="To weave") == 1
    loaded = Organisation.objects.select_related("cluster_profile", "hosting").get(pk=cluster.pk)
    edited(loaded, coordinator, {"kind": "sme"}, hosting={})
    yield "a cluster no longer"
    assert not findable(body__contains="To weave")
    data = actions.ProfileData(
        fields={"town": "Braga"}, value_chains=["digital"], traits={TraitKind.EXPORT: ["DK", "FR"]}
    )
    rows = Organisation.objects.filter(pk__in=[one.pk for one in made])
    actions.edit_many(editor=coordinator, changes=[(row, data) for row in rows])
    yield "edited in bulk"
    assert findable(body__contains="Braga") == 3
    later = timezone.now() + timedelta(days=800)
    assert actions.mark_stale(later) == len(made)
    yield "became stale"
    for act in (actions.archive, actions.reopen, actions.put_on_site):
        mill.refresh_from_db()
        act(organisation=mill, actor=coordinator, version=mill.version)
        yield act.__name__
    assert findable(organisation="Linen mill") == 2
    mill.delete()
    yield "deleted with its opportunities"
    assert not findable(organisation="Linen mill")


def opportunities():
    coordinator = CoordinatorFactory()
    mill = make_organisation()
    writer = make_writer(mill)
    offer = make_opportunity(Term.DRAFT, organisation=mill)
    yield "drafted"

    def done(act, **values):
        offer.refresh_from_db()
        act(opportunity=offer, actor=writer, version=offer.version, **values)
        return act.__name__

    yield done(terms.publish)
    assert findable(kind="opportunity") == 1
    assert terms.expire(offer.expires_on + timedelta(days=1)) == 1
    yield "expired"
    assert not findable(kind="opportunity")
    yield done(terms.renew, expires_on=timezone.localdate() + timedelta(days=30))
    for act in (actions.archive, actions.reopen, actions.submit, actions.publish):
        mill.refresh_from_db()
        act(organisation=mill, actor=coordinator, version=mill.version)
        yield f"its organisation: {act.__name__}"
        assert findable(kind="opportunity") == (act is actions.publish)
    yield done(terms.withdraw)
    assert not findable(kind="opportunity")


def glossary():
    language, key = Locale.objects.get(language_code="en"), uuid4()
    term = GlossaryTerm.objects.create(translation_key=key, locale=language, term="Deadstock")
    yield "written"
    term.synonyms = "surplus stock"
    term.save()
    yield "changed"
    assert findable(kind="term", headings="surplus stock") == 1
    GlossaryTerm.objects.filter(pk=term.pk).delete()
    yield "deleted"
    assert not findable(kind="term")


def codes():
    mill = make_organisation(
        State.DRAFT,
        town="Nowhere",
        country="PT",
        region="PT11",
        nace=NaceDivision.objects.get(pk="13.20"),
        strategies=["recycling"],
    )
    edited(mill, CoordinatorFactory(), {}, other_nace=["13.30"], traits={TraitKind.EXPORT: ["DK"]})
    actions.put_on_site(organisation=mill, actor=CoordinatorFactory(), version=mill.version)
    make_opportunity(organisation=mill)
    yield "published"
    for model, code, entries in (
        (Country, "PT", 2),
        (Region, "PT11", 2),
        (ValueChain, "fashion_textile", 2),
        (CircularStrategy, "recycling", 1),
        (Country, "DK", 1),
        (NaceDivision, "13.20", 1),
        (NaceDivision, "13.30", 1),
    ):
        row = model.objects.get(pk=code)
        row.name = f"Renamed {code}"
        row.save()
        yield f"{code} renamed"
        assert findable(organisation=mill.name, body__contains=row.name) == entries, code
    for model, code in ((ValueChain, "fashion_textile"), (CircularStrategy, "recycling")):
        model.objects.filter(pk=code).delete()
        yield f"{code} deleted"
        assert not findable(body__contains=f"Renamed {code}")


GROUPS = [organisations, opportunities, glossary, codes]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
def test_rows_follow_every_change(group, each_step):
    for what in each_step(group()):
        assert [f"{one.source} {one.what}" for one in differences()] == [], f"after: {what}"


@pytest.mark.slow
@pytest.mark.services
def test_the_index_follows_every_change(each_step, elasticsearch, capsys):
    call_command("search_index", "rebuild")
    for group in GROUPS:
        for _what in each_step(group()):
            continue
        call_command("search_index", "verify")
    assert "no difference" in capsys.readouterr().out
