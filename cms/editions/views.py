from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.snippets.views.snippets import CreateView, EditView

from cms.editions.refusals import Refused, tell


class RefusesInWords:
    """What was typed is saved already when an action is refused, so its writer goes on where they were."""

    request: HttpRequest
    get_edit_url: Any

    def run_action_method(self) -> HttpResponseBase | None:
        try:
            response: HttpResponseBase | None = super().run_action_method()  # type: ignore[misc]
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect(self.get_edit_url())
        return response


class DesignCreateView(RefusesInWords, CreateView):
    pass


class DesignEditView(RefusesInWords, EditView):
    pass
