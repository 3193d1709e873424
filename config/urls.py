"""Where every address leads."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api_router")),
    path("accounts/login/", views.SiteLoginView.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("", include("claims.urls")),
]
