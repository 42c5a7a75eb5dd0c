"""Addresses. Everything that people read has its language in front."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from core import views
from core.mail_events import mail_events
from core.serving import serve
from directory.sitemaps import OrganisationSitemap
from forum.sitemaps import TopicSitemap
from glossary.sitemaps import GlossarySitemap
from opportunities.sitemaps import OpportunitySitemap
from search.api import api
from search.opensearch import opensearch

SITEMAPS = {
    "pages": Sitemap,
    "topics": TopicSitemap,
    "organisations": OrganisationSitemap,
    "glossary": GlossarySitemap,
    "opportunities": OpportunitySitemap,
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.live),
    path("readyz", views.ready),
    path("robots.txt", views.robots),
    path("mail/events/<slug:provider>/", mail_events),
    path("api/", api.urls),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}),
    path("theme/", views.choose_theme, name="theme"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.STYLEGUIDE:
    from core.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", views.media))

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("members/", include("members.urls")),
    path("practice-use/", include("bestpractices.urls")),
    path("directory/", include("directory.urls")),
    path("proposals/", include("contributions.urls")),
    path("forum/", include("forum.urls")),
    path("glossary/", include("glossary.urls")),
    path("opportunities/", include("opportunities.urls")),
    path("search/", include("search.urls")),
    re_path(serve_pattern, serve, name="wagtail_serve"),
)

handler403 = views.permission_denied
handler404 = views.not_found
handler500 = views.server_error
