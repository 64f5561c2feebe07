"""An email as the mail server gets it: plain text, the same words as HTML, and how to stop."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from html import escape
from typing import Final
from urllib.parse import urlsplit

from coordinator.core.invitation import invitation
from coordinator.core.mail_links import MailLinks
from coordinator.core.personal_links import PersonalLinks

from .gateway import Letter, OutgoingText
from .queries.default_texts import mail_words

_LINK: Final = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]")
_STYLE: Final = "font: 16px/1.5 sans-serif; max-width: 40em"


def message_of(text: OutgoingText, sender: str, links: PersonalLinks, mail_links: MailLinks) -> EmailMessage:
    """The whole email. Raises ValueError if the text is no email, or its address cannot stand in a header."""
    letter = text.letter
    if letter is None:
        raise ValueError("only an email can be written as one")
    address = parseaddr(sender)[1]
    stop = mail_links.stop_address(text.person.id, text.to) if text.person else None
    message = EmailMessage()
    message["From"] = Address(letter.organisation, addr_spec=address)
    message["To"] = Address(addr_spec=text.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{mail_links.named(letter.name)}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    words = mail_body(text, links, stop)
    message.set_content(words, cte="quoted-printable")
    message.add_alternative(_as_html(words, letter.language), subtype="html", cte="quoted-printable")
    if letter.calendar and letter.at:
        calendar = invitation(
            letter.calendar,
            host=urlsplit(links.public_url).hostname or "localhost",
            organisation=letter.organisation,
            organiser=address,
            attendee=text.to,
            now=letter.at,
        )
        method = "CANCEL" if letter.calendar.off else "REQUEST"
        message.add_alternative(calendar, subtype="calendar", cte="quoted-printable", params={"method": method})
    return message


def mail_body(text: OutgoingText, links: PersonalLinks, stop: str | None) -> str:
    """All its words: what the message says, the link on a line of its own, who writes and why."""
    letter, said = text.letter, text.body
    if letter is None or text.person is None:
        return "\n\n".join([said, _footer(letter, "footer-asked", links, "")]) + "\n"
    link = links.address(text.person)
    said = links.filled(said, text.person)
    parts = [said, _footer(letter, "footer", links, stop or "")]
    if letter.link and link not in said:
        parts.insert(1, mail_words(letter.link, letter.language).format(link=link))
    return "\n\n".join(parts) + "\n"


def _footer(letter: Letter | None, name: str, links: PersonalLinks, stop: str) -> str:
    org, language = (letter.organisation, letter.language) if letter else ("Callboard", "en")
    return "-- \n" + mail_words(name, language).format(org=org, stop=stop, privacy=f"{links.public_url}/privacy")


def _as_html(words: str, language: str) -> str:
    said, _, footer = words.partition("\n-- \n")
    paragraphs = [_linked(part) for part in said.strip().split("\n\n")]
    small = f'<p style="font-size: 14px; color: #666">{_linked(footer.strip())}</p>'
    inside = "".join(f"<p>{each}</p>\n" for each in paragraphs) + small
    return f'<!doctype html>\n<html lang="{language}">\n<body style="{_STYLE}">\n{inside}\n</body>\n</html>\n'


def _linked(words: str) -> str:
    said, at = "", 0
    for link in _LINK.finditer(words):
        said += escape(words[at : link.start()]) + f'<a href="{escape(link[0])}">{escape(link[0])}</a>'
        at = link.end()
    return (said + escape(words[at:])).replace("\n", "<br>\n")
