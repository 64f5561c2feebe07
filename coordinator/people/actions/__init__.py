"""What can be done for a person: know them, reach them, give them their own page, forget them."""

from .consent import agree_to_texts, keep_as_past, take_back_agreement
from .links import personal_link, revoke_links
from .persons import NoName, add_person, edit_person, forget_person, learn_about, one_line
from .phones import Landline, NotAPhone, notices_about, parse_phone

__all__ = [
    "Landline",
    "NoName",
    "NotAPhone",
    "add_person",
    "agree_to_texts",
    "edit_person",
    "forget_person",
    "keep_as_past",
    "learn_about",
    "notices_about",
    "one_line",
    "parse_phone",
    "personal_link",
    "revoke_links",
    "take_back_agreement",
]
