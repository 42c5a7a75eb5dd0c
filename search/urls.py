from django.urls import URLPattern, path

from search.views import page, saved, similar, suggestions, told

app_name = "search"

urlpatterns: list[URLPattern] = [
    path("", page.search, name="search"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("similar/<str:source>/", similar.similar, name="similar"),
    path("told/", told.told, name="told"),
    path("saved/", saved.saved, name="saved"),
    path("saved/new/", saved.save, name="save"),
    path("saved/<int:pk>/", saved.change, name="saved_change"),
    path("saved/<int:pk>/remove/", saved.remove, name="saved_remove"),
    path("mail/<str:word>/", saved.stop, name="stop"),
]
