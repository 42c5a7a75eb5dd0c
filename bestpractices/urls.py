from django.urls import path

from bestpractices import views

app_name = "practices"

urlpatterns = [
    path("<int:pk>/", views.take_up, name="take_up"),
    path("<int:pk>/answer/", views.answer, name="answer"),
]
