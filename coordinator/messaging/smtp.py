"""One mail server: a connection for each thread, kept open, and what became of each email, without exceptions.

No key makes the handing over idempotent. From the moment the server wants the words (354) until it has answered them, a
lost connection is therefore ``Unsure``; before, the email was certainly not taken.
"""

import re
import smtplib
import ssl
import threading
from contextlib import suppress
from email.utils import parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

from .gateway import Accepted, Outcome, Refused, TryLater, Unsure
from .refusals import RefusalKind

SECONDS: Final = 10.0  # for each step of the conversation
SECONDS_TO_TAKE: Final = 30.0  # a server may look into an email before it takes it
HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})  # only a server on this machine may do without TLS
NOT_THERE, NOT_SAFE, NO_LOGIN, NO_ADDRESS = 421, 530, 535, 553  # SMTP's codes, where the server itself sent none
CLOSING: Final = 421
_TOO_LARGE: Final = 552
_ABOUT_POLICY: Final = re.compile(r"^5\.[2-7]\.")  # says nothing against the address itself
_ADDRESS: Final = re.compile(r"[^\s<>()]+@[^\s<>()]+")
_LINE_BEGINS: Final = re.compile(rb"(?m)^\.")


class _Ended(Exception):
    """The conversation ended before the words: the email was certainly not taken."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class SmtpServer:
    """A server as ``SMTP_URL`` names it: ``smtps://`` speaks TLS from the start, ``smtp://`` from STARTTLS on."""

    def __init__(self, url: str, sender: str, *, seconds: float = SECONDS, to_take: float = SECONDS_TO_TAKE) -> None:
        self._url, self.sender = urlsplit(url), parseaddr(sender)[1]
        self._seconds, self._to_take = seconds, to_take
        self._own = threading.local()
        self._all, self._lock = set[smtplib.SMTP](), threading.Lock()

    @property
    def domain(self) -> str:
        """What we call ourselves: the sender's domain, so that nobody is asked for this machine's name."""
        return self.sender.rpartition("@")[2]

    def deliver(self, mail: bytes, to: str, *, sid: str) -> Outcome:
        """Hand over one email, whole and with CRLF line ends; ``sid`` is the name under which it is accepted."""
        if not to.isascii():
            return Refused(NO_ADDRESS, "The address has letters that email can't carry.", "recipient")
        try:
            server = self._begun()
            _expect(server.rcpt(to), "recipient")
            _expect(server.docmd("data"), "other", wanted=354)
        except _Ended as ended:
            self._start_over()
            return ended.outcome
        except (OSError, smtplib.SMTPException) as fault:
            self._forget()
            return TryLater(f"The mail server broke off ({type(fault).__name__}).")
        return self._handed_over(server, mail, sid)

    def _handed_over(self, server: smtplib.SMTP, mail: bytes, sid: str) -> Outcome:
        try:
            if server.sock is not None:
                server.sock.settimeout(self._to_take)
            server.send(_LINE_BEGINS.sub(b"..", mail) + b".\r\n")
            code, said = server.getreply()
            if server.sock is not None:
                server.sock.settimeout(self._seconds)
        except (OSError, smtplib.SMTPException) as fault:
            self._forget()
            return Unsure(f"The mail server didn't say if it took the email ({type(fault).__name__}).")
        if code // 100 in (4, 5):
            self._start_over()
            return _outcome(code, said, "other")
        return Accepted(sid) if code == 250 else Unsure(f"The mail server answered {code}.")

    def check(self) -> str | None:
        """Connect and sign in: None if that works, else a sentence why not."""
        try:
            self._begun()
        except _Ended as ended:
            return str(getattr(ended.outcome, "reason", ""))
        except (OSError, smtplib.SMTPException) as fault:
            return f"The mail server broke off ({type(fault).__name__})."
        finally:
            self.close()
        return None

    def close(self) -> None:
        """Say goodbye on every connection, of all threads."""
        with self._lock:
            servers, self._all = self._all, set()
        for server in servers:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()
        self._own.server = None

    def _begun(self) -> smtplib.SMTP:
        """A server that has taken MAIL: over this thread's connection, or a new one if that went stale."""
        server: smtplib.SMTP | None = getattr(self._own, "server", None)
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                code, said = server.mail(self.sender)
                if code != CLOSING:
                    _expect((code, said), "account")
                    return server
            self._forget()
        server = self._connected()
        _expect(server.mail(self.sender), "account")
        return server

    def _connected(self) -> smtplib.SMTP:
        try:
            server = self._greeted()
        except smtplib.SMTPResponseException as answer:
            raise _Ended(_outcome(answer.smtp_code, answer.smtp_error, "account")) from answer
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as fault:
            why = f"The mail server doesn't offer what is needed ({type(fault).__name__})."
            raise _Ended(Refused(NOT_SAFE, why, "account")) from fault
        except smtplib.SMTPException as fault:
            raise _Ended(TryLater(f"The mail server broke off ({type(fault).__name__}).")) from fault
        except OSError as fault:
            why = f"The mail server can't be reached ({type(fault).__name__})."
            raise _Ended(Refused(NOT_THERE, why, "account")) from fault
        self._own.server = server
        with self._lock:
            self._all.add(server)
        return server

    def _greeted(self) -> smtplib.SMTP:
        parts, safe = self._url, ssl.create_default_context()
        host, seconds = parts.hostname or "", self._seconds
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, self.domain, timeout=seconds, context=safe)
        else:
            server = smtplib.SMTP(host, parts.port or 587, self.domain, timeout=seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and (host not in HERE or server.has_extn("starttls")):
                server.starttls(context=safe)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _start_over(self) -> None:
        """Take back MAIL and RCPT, so that the connection can carry the next email."""
        server: smtplib.SMTP | None = getattr(self._own, "server", None)
        if server is None:
            return
        try:
            if server.rset()[0] != 250:
                self._forget()
        except (OSError, smtplib.SMTPException):
            self._forget()

    def _forget(self) -> None:
        server: smtplib.SMTP | None = getattr(self._own, "server", None)
        if server is not None:
            self._own.server = None
            with self._lock:
                self._all.discard(server)
            server.close()


def _expect(answer: tuple[int, bytes], about: RefusalKind, *, wanted: int = 250) -> None:
    """Raises _Ended unless the server agreed; ``about`` is whose affair a refusal is."""
    code, said = answer
    if code != wanted and not (wanted == 250 and code == 251):
        raise _Ended(_outcome(code, said, about))


def _outcome(code: int, said: bytes | str, about: RefusalKind) -> Outcome:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    reason = f"The mail server answered {code}: {' '.join(_ADDRESS.sub('…', words).split())}"[:300]
    if code // 100 != 5:
        return TryLater(reason)
    if code == _TOO_LARGE or (about == "recipient" and _ABOUT_POLICY.match(words)):
        return Refused(code, reason, "other")
    return Refused(code, reason, about)
