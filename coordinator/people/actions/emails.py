"""Email addresses as people write them, and as they are stored: in lower case."""

import re

from flask_babel import gettext as _

LONGEST = 254  # characters of a whole address, RFC 5321
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})+)", re.ASCII)
_MAILTO = "mailto:"
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")  # Ana Ruiz <ana@show.example>


class NotAnEmail(ValueError):
    """The text is not an email address."""


def parse_email(text: str) -> str:
    """The address as it is stored (``ana@show.example``), read as someone types or pastes it.

    Raises NotAnEmail, which says what would be right.
    """
    written = text.strip()
    if not written:
        raise NotAnEmail(_("Enter an email address, like ana@show.example."))
    bracketed = _IN_BRACKETS.fullmatch(written)
    address = (bracketed[1].strip() if bracketed else written).lower().removeprefix(_MAILTO)
    if (read := _ADDRESS.fullmatch(address)) is None or len(address) > LONGEST or len(read["local"]) > 64:
        raise NotAnEmail(_("%(email)s isn't an email address. Write it like ana@show.example.", email=written))
    return address
