"""Where every endpoint of the API is."""

from django.urls import path, re_path
from rest_framework.routers import DefaultRouter

from actors.api.views import ActorViewSet
from claims.api.csv_files import CsvRenderer
from claims.api.positions import PositionViewSet, TimelineViewSet
from claims.api.views import (
    ClaimViewSet,
    DocumentTextViewSet,
    DocumentViewSet,
    StanceViewSet,
    SuggestionViewSet,
)
from config.rest.authentication import (
    LoginView,
    TokenLogoutAllView,
    TokenLogoutView,
)
from config.rest.pages import DocsView, IndexView, NotFoundView, SchemaView
from jobs.api.views import JobViewSet
from sources.api.views import FeedViewSet, IngestionViewSet, SourceViewSet

app_name = "api"


class Router(DefaultRouter):
    """Routes with an index, and without format suffixes."""

    APIRootView = IndexView
    include_format_suffixes = False


router = Router()
router.register("sources", SourceViewSet, "source")
router.register("feeds", FeedViewSet, "feed")
router.register("documents", DocumentViewSet, "document")
router.register("ingestions", IngestionViewSet, "ingestion")
router.register("jobs", JobViewSet, "job")
router.register("actors", ActorViewSet, "actor")
router.register("claims", ClaimViewSet, "claim")
router.register("stances", StanceViewSet, "stance")
router.register("suggestions", SuggestionViewSet, "suggestion")
router.register("positions", PositionViewSet, "position")
router.register("timelines", TimelineViewSet, "timeline")

urlpatterns = [
    *router.urls,
    re_path(
        r"^documents/(?P<pk>\d{1,18})/text/$",
        DocumentTextViewSet.as_view({"get": "retrieve"}, detail=True),
        name="document-text",
    ),
    path(
        "stances.csv",
        StanceViewSet.as_view(
            {"get": "csv"}, pagination_class=None, renderer_classes=[CsvRenderer]
        ),
        name="stances-csv",
    ),
    path(
        "positions.csv",
        PositionViewSet.as_view({"get": "csv"}, renderer_classes=[CsvRenderer]),
        name="positions-csv",
    ),
    path("auth/login/", LoginView.as_view(), name="login"),
    path("auth/logout/", TokenLogoutView.as_view(), name="logout"),
    path("auth/logoutall/", TokenLogoutAllView.as_view(), name="logout-all"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^.*$", NotFoundView.as_view(), name="not-found"),
]
