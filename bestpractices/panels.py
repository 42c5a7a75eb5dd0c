"""What editors fill in, in tabs: the text first, then where and when, then evidence, then the rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from core.models import FreshnessMixin, ListingMixin, SampleMixin, SocialMixin

WAY = [FieldPanel("resources_needed"), FieldPanel("challenges_encountered")]
TRANSFER = [
    FieldPanel("potential_for_transfer"),
    FieldPanel("further_information"),
    FieldPanel("expert_opinion"),
]


def best_practice() -> TabbedInterface:
    """The tabs of a best practice."""
    return _tabs([FieldPanel("challenge"), FieldPanel("description"), *WAY, *TRANSFER])


def case_study() -> TabbedInterface:
    """The tabs of a case study."""
    return _tabs(
        [
            FieldPanel("organisation"),
            FieldPanel("challenge"),
            FieldPanel("story"),
            FieldPanel("key_figures"),
            MultipleChooserPanel(
                "practices_used", chooser_field_name="practice", label=_("Practices used")
            ),
            *WAY,
            *TRANSFER,
        ]
    )


def index() -> TabbedInterface:
    """The tabs of the list."""
    return TabbedInterface(
        [
            ObjectList(
                [TitleFieldPanel("title"), FieldPanel("introduction")], heading=_("Content")
            ),
            _listing(),
            _settings(),
        ]
    )


def _tabs(text: list[Panel]) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", help_text=_("At most 100 characters.")),
                    *ListingMixin.listing_panels,
                    *text,
                ],
                heading=_("Text"),
            ),
            ObjectList([*_where_and_when(), _classification()], heading=_("Key facts")),
            ObjectList(
                [
                    FieldPanel("evidence_text"),
                    InlinePanel("indicators", heading=_("Indicators"), label=_("Indicator")),
                ],
                heading=_("Evidence"),
            ),
            ObjectList(
                [
                    *FreshnessMixin.freshness_panels,
                    *SampleMixin.sample_panels,
                    FieldPanel("licence"),
                    *_sharing(),
                ],
                heading=_("Source, review, sharing"),
            ),
            _settings(),
        ]
    )


def _where_and_when() -> list[Panel]:
    return [
        FieldPanel("main_institution"),
        MultiFieldPanel(
            [FieldPanel("location_place"), FieldPanel("region"), FieldPanel("country")],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
                FieldPanel("ongoing"),
            ],
            heading=_("Period"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("contact_role"), FieldPanel("contact_email")])],
            heading=_("Contact"),
            help_text=_("Members see it, visitors and search engines do not."),
        ),
    ]


def _classification() -> Panel:
    from django import forms

    boxes = forms.CheckboxSelectMultiple
    return MultiFieldPanel(
        [
            FieldPanel("value_chains", widget=boxes),
            FieldPanel("circular_strategies", widget=boxes),
            FieldPanel("sectors"),
            FieldPanel("scope"),
            FieldPanel("tags"),
        ],
        heading=_("Classification"),
        help_text=_("Readers filter by these; translations take them from the source page."),
    )


def _sharing() -> list[Panel]:
    return [
        *SocialMixin.social_panels,
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
    ]


def _listing() -> ObjectList:
    return ObjectList(
        [*ListingMixin.listing_panels, *_sharing(), FieldPanel("show_in_menus")],
        heading=_("Lists, sharing"),
    )


def _settings() -> ObjectList:
    return ObjectList([PublishingPanel()], heading=_("Settings"))
