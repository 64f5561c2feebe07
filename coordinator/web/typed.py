"""What people type, without what cannot be seen: every form and every address, before anybody reads it."""

from functools import cached_property
from typing import cast

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from coordinator.core.clean_text import cleaned

Fields = ImmutableMultiDict[str, str]
CSRF = "csrf_token"


class CleanRequest(Request):
    """A request whose form and query hold only what can be seen; ``form_as_sent`` is what arrived, for signatures."""

    form_as_sent: Fields = ImmutableMultiDict()

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__:
            super()._load_form_data()
            self.form_as_sent = self.form
            self.__dict__["form"] = _cleaned(self.form)

    def take_out(self, prefix: str) -> None:
        """Leave no field in the form whose name begins so: it was for whoever let the request in."""
        kept = [(name, value) for name, value in self.form.items(multi=True) if not name.startswith(prefix)]
        self.__dict__["form"] = ImmutableMultiDict(kept)

    @cached_property
    def args(self) -> Fields:
        return _cleaned(super().args)


def init_app(app: Flask) -> None:
    """Clean forms and queries; an address with what cannot be seen in it leads nowhere."""
    app.request_class = CleanRequest

    @app.before_request
    def refuse_unseen() -> None:
        if cleaned(request.path) != request.path:
            abort(404)


def form_as_sent() -> Fields:
    """The form of this request, unchanged: what was signed."""
    asked = cast("CleanRequest", request)
    return asked.form and asked.form_as_sent


def typed_again(left_out: str = "sure") -> list[tuple[str, str]]:
    """Everything that was typed but this field, to be sent again from another page of ours; files are not."""
    fields = request.form.items(multi=True)
    return [each for each in fields if each[0] != left_out and not each[0].endswith(CSRF)]


def _cleaned(fields: MultiDict[str, str]) -> Fields:
    return ImmutableMultiDict([(name, cleaned(value)) for name, value in fields.items(multi=True)])
