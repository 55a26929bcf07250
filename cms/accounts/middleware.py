from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

PUBLIC = ("/q/",)
"""Addresses at which nobody is known: their answers are the same for all, and caches keep them."""


class InterfaceLanguage:
    """Each page in its reader's language: what they chose, else what their browser asks for, of those we speak."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(self._language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def _language(self, request: HttpRequest) -> str:
        public = request.path_info.startswith(PUBLIC)
        chosen = "" if public else getattr(request.user, "language", "")
        spoken = {code for code, _ in settings.INTERFACE_LANGUAGES}
        if chosen in spoken:
            return chosen
        accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
        return next(
            (tag.partition("-")[0] for tag, _ in accepted if tag.partition("-")[0] in spoken), settings.LANGUAGE_CODE
        )
