"""Addresses of the readers' pages."""

from django.urls import path

from claims.views import actors, claims, stances, start

app_name = "claims"
urlpatterns = [
    path("", start.start, name="start"),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/<slug:slug>/", claims.claim_page, name="claim"),
    path("countries/<str:iso2>/", actors.country_page, name="country"),
    path("actors/", actors.actor_list, name="actors"),
    path("actors/<slug:slug>/", actors.actor_page, name="actor"),
    path("stances/<int:pk>/", stances.stance_page, name="stance"),
]
