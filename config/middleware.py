"""What every answer of the site carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def keep_private(answer: Answer) -> Answer:
    """Forbid browsers and proxies to store what a logged-in person was shown (ASVS 14.3.2)."""

    def answer_privately(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        presented = "Authorization" in request.headers or request.user.is_authenticated
        if presented and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer_privately
