"""What stands between every request and its page: language, headers, and the refusal of posts from other sites."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from lastpiece.site.front.headers import UNKEPT, headers
from lastpiece.site.front.languages import language_of
from lastpiece.site.front.pages import errors
from lastpiece.site.settings import env

Answer = Callable[[HttpRequest], HttpResponseBase]


def speak(answer: Answer) -> Answer:
    """Answer in the language the address names: neither a cookie nor the browser's own languages decide."""

    def spoken(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        if request.path_info == f"/{language}":  # as it is typed from a poster
            request.path_info += "/"
        with translation.override(language):
            response = answer(request)
        response.headers["Content-Language"] = language
        return response

    return spoken


def guard(answer: Answer) -> Answer:
    """Put the headers on whatever the site answers, and a page of ours on a refused method."""
    always = headers(https=env.HTTPS)

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if response.status_code == errors.NOT_ALLOWED and not getattr(response, "content", b"x"):
            response = errors.method_not_allowed(request, allow=response.get("Allow", "GET, POST"))
        for name, value in always.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", UNKEPT)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return guarded


def refuse_cross_site_posts(answer: Answer) -> Answer:
    """Refuse what another site makes a browser send: there is no cookie to steal, but nobody tells unknowingly."""

    def refused(request: HttpRequest) -> HttpResponseBase:
        host = request.get_host()  # refuses hosts that are not ours
        if request.method not in ("GET", "HEAD") and not came_from_here(request, host):
            return errors.cross_site(request)
        return answer(request)

    return refused


def came_from_here(request: HttpRequest, host: str) -> bool:
    """Tell whether the browser says that our own page sent this; old browsers and tools say nothing, which is fine."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == host
    except ValueError:  # no browser names an origin like that
        return False
