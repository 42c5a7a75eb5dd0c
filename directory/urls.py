from django.urls import path

from directory.views import industry_map, own, public, review, ties

app_name = "directory"

urlpatterns = [
    path("", public.index, name="index"),
    path("export.csv", public.as_csv, name="csv"),
    path("export.geojson", public.as_geojson, name="geojson"),
    path("map/", industry_map.industry_map, name="map"),
    path("map/points/", industry_map.points, name="map_points"),
    path("map/picture.svg", industry_map.as_picture, name="map_picture"),
    path("mine/", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("review/", review.review, name="review"),
    path("invitations/<str:word>/", ties.invitation, name="invitation"),
    path("<slug:slug>/", public.profile, name="profile"),
    path("<slug:slug>/edit/", own.manage, name="manage"),
    path("<slug:slug>/people/", ties.people, name="people"),
    path("<slug:slug>/clusters/", ties.clusters, name="clusters"),
    path("<slug:slug>/claim/", ties.claim, name="claim"),
    path("<slug:slug>/act/<slug:name>/", own.act, name="act"),
]
