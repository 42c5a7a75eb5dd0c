"""A practice in another language: its words are translated, its classification comes along."""

import pytest
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from bestpractices.models import BestPracticePage, CaseStudyPage
from directory.models import CircularStrategy, ValueChain
from tests.factories.bestpractices import make_case_study, make_full_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(french_index):
    return french_index.locale


@pytest.fixture
def publish(french, django_capture_on_commit_callbacks):
    """`publish(page)`: bring the French page up to date and make it public."""

    def run(page):
        source = TranslationSource.objects.get_for_instance(page)
        with django_capture_on_commit_callbacks(execute=True):
            Translation.objects.get(source=source, target_locale=french).save_target(publish=True)

    return run


@pytest.fixture
def translate(french, publish):
    """`translate(page, words)`: put texts of a page into French, and publish the result."""

    def run(page, words):
        translate_object(page, [french])
        source = TranslationSource.objects.get_for_instance(page)
        for text, translated in words.items():
            string = String.objects.get(locale=source.locale, data=text)
            for segment in source.stringsegment_set.filter(string=string):
                StringTranslation.objects.update_or_create(
                    translation_of=string,
                    locale=french,
                    context=segment.context,
                    defaults={"data": translated, "translation_type": "manual"},
                )
        publish(page)

    return run


@pytest.fixture
def translated(index, french, translate):
    """A practice in English and in French."""
    page = make_full_practice(index)
    translate(
        page,
        {
            "Repair corner in the shop": "Un coin réparation en boutique",
            "Torn clothes were thrown away.": "On jetait les habits déchirés.",
            "Garments repaired": "Vêtements réparés",
            "pieces a year": "pièces par an",
            "How it works": "Comment ça marche",
        },
    )
    return page, BestPracticePage.objects.get(locale=french)


def codes(manager):
    return set(manager.values_list("pk", flat=True))


def test_a_translation_is_a_page_of_its_own(translated, french):
    page, copy = translated
    assert copy.locale == french
    assert copy.translation_key == page.translation_key
    assert copy.title == "Un coin réparation en boutique"
    assert copy.challenge == "<p>On jetait les habits déchirés.</p>"
    assert copy.description[0].value["text"] == "Comment ça marche"


def test_facts_and_classification_come_along(translated):
    page, copy = translated
    for name in ("value_chains", "circular_strategies", "sectors"):
        assert codes(getattr(copy, name)) == codes(getattr(page, name)) != set()
    assert set(copy.tags.names()) == {"repair", "second hand"}
    for name in (
        "country_id",
        "region_id",
        "period_start",
        "ongoing",
        "scope",
        "licence",
        "is_sample",
    ):
        assert getattr(copy, name) == getattr(page, name)


def test_indicators_keep_their_numbers_and_change_their_words(translated, french):
    row = translated[1].indicators.get()
    assert (row.name, row.unit) == ("Vêtements réparés", "pièces par an")
    assert (row.before, row.after) == (140, 1260)
    assert row.locale == french


def test_a_change_of_the_original_reaches_the_translation(translated, french, publish):
    page, _copy = translated
    page.value_chains = list(ValueChain.objects.filter(pk="digital"))
    page.circular_strategies = list(
        CircularStrategy.objects.filter(pk__in=["recycling", "longevity"])
    )
    page.tags.set(["repair"])
    page.country_id, page.region_id = "PT", "PT11"
    page.save_revision().publish()
    TranslationSource.objects.get_for_instance(page).update_from_db()
    publish(page)
    copy = BestPracticePage.objects.get(locale=french)
    assert codes(copy.value_chains) == {"digital"}
    assert codes(copy.circular_strategies) == {"recycling", "longevity"}
    assert set(copy.tags.names()) == {"repair"}
    assert copy.region_id == "PT11"
    assert copy.title == "Un coin réparation en boutique"


def test_both_lead_to_each_other(translated, client):
    page, copy = translated
    english = client.get(page.url).content.decode()
    assert f'href="{copy.url}"' in english
    assert f'href="{page.url}"' in client.get(copy.url).content.decode()


def test_a_case_study_leads_to_the_practice_in_its_own_language(
    translated, index, french, translate, client
):
    page, copy = translated
    study = make_case_study(index, practices_used=[page])
    translate(study, {study.title: "La salle de couture"})
    french_study = CaseStudyPage.objects.get(locale=french)
    assert f'<a href="{copy.url}">{copy.title}</a>' in client.get(french_study.url).content.decode()
