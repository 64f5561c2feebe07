"""What the network's error codes mean for us: whose fault it is, and whether trying again can help."""

from typing import Final, Literal

RefusalKind = Literal["recipient", "account", "opted_out", "blocked", "expired", "later", "other"]

OPTED_OUT: Final = 21610

# Reported of texts that the network had taken: the phone was off, the queue full, nobody knows. It may well go through.
WORTH_ANOTHER: Final = (30001, 30003, 30008, 30500)

_KINDS: Final[dict[int, RefusalKind]] = {
    OPTED_OUT: "opted_out",
    30036: "expired",  # its validity period ran out in the network's queue
    **dict.fromkeys((20429, 21611, 30001), "later"),
    **dict.fromkeys((401, 403, 20003, 20404, 21212, 21606, 30002, 63038), "account"),
    **dict.fromkeys((30007, 30032, 30034), "blocked"),
}

# Reasons' keys, as ``Person.phone_trouble`` keeps them.
_TROUBLE_OF: Final = {
    21211: "no_such_number",
    30005: "no_such_number",
    21614: "not_a_mobile",
    21635: "landline",
    30006: "landline",
    21408: "country_not_served",
    21612: "unreachable",
    30004: "refuses_texts",
}
TROUBLES: Final = frozenset(_TROUBLE_OF.values())
KNOWN_CODES: Final = frozenset({*_KINDS, *_TROUBLE_OF, *WORTH_ANOTHER})


def kind_of(code: int) -> RefusalKind:
    """Whose affair the code is.

    ``recipient``: this number cannot be texted. ``account``: no text at all leaves until a person puts it right.
    ``blocked``: carriers refuse what we write. ``later``: the same text may be taken in a while. ``other``: a failure
    that a person must see.
    """
    return "recipient" if code in _TROUBLE_OF else _KINDS.get(code, "other")


def trouble_of(code: int) -> str | None:
    """Why a person's number cannot be texted, as a reason's key; None when the code is not about the number."""
    return _TROUBLE_OF.get(code)
