"""The schema, its browsable page, and the answer to addresses that do not exist."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import APIRootView
from rest_framework.views import APIView

SWAGGER_POLICY = {
    "style-src": [SELF, "'unsafe-inline'"],  # Swagger UI writes style attributes
}


BESIDE = {
    "auth/login": "api:login",
    "schema": "api:schema",
    "docs": "api:docs",
}


class IndexView(APIRootView):
    """Where everything is."""

    permission_classes = (AllowAny,)
    schema = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the collections, then the ways to log in and to read on."""
        answer = super().get(request, *args, **kwargs)
        beside = {name: reverse(page, request=request) for name, page in BESIDE.items()}
        return Response({**answer.data, **beside})


class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 description of this API: it holds no data, so anyone may read it."""

    permission_classes = (AllowAny,)
    authentication_classes = ()


@method_decorator(csp_replace(SWAGGER_POLICY), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """The schema to browse and try out, from files of our own."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    url_name = "api:schema"


class NotFoundView(APIView):
    """Answer any other address under the API with a problem, or with the slash it lacks."""

    permission_classes = (AllowAny,)
    schema = None

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Send those who forgot the last slash to the right place, body and all."""
        if lacks_slash(request.path):
            query = request.META.get("QUERY_STRING", "")
            address = f"{request.path}/{'?' if query else ''}{query}"
            return PermanentRedirect(address)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse before the method is looked at."""
        raise Http404


class PermanentRedirect(HttpResponseRedirect):
    """A redirect that keeps method and body."""

    status_code = 308


def lacks_slash(path: str) -> bool:
    """Whether only the last slash is missing."""
    if path.endswith("/"):
        return False
    try:
        found = resolve(f"{path}/")
    except Resolver404:
        return False
    return found.url_name != "not-found"
