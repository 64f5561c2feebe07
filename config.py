"""Settings: every environment variable, its type and its default. The only reader of ``os.environ``.

Long because every setting is here, and nowhere else.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import SplitResult, urlsplit

from babel import Locale
from babel.numbers import is_currency

ROOT = Path(__file__).resolve().parent
TWILIO_API = "https://api.twilio.com"
SHORTEST_SECRET = 32  # characters
SHORTEST_TOKEN = 16
AS_ROOT = (
    "Callboard runs as root. Whoever breaks into it then has the whole machine; start it as a user of its own "
    "(docs/operators.md)."
)

Network = IPv4Network | IPv6Network

_S = TypeVar("_S", bound="Settings")


class WrongSettings(ValueError):
    """One or more settings are invalid; the message names every one of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("Callboard cannot start:\n" + "\n".join(f"  {problem}" for problem in problems))


@dataclass(frozen=True)
class TwilioSettings:
    """How to reach the phone network. Tokens and secrets never appear in ``repr``."""

    account_sid: str
    auth_token: str = field(repr=False)
    auth_token_previous: str | None = field(default=None, repr=False)
    api_key: str | None = None
    api_secret: str | None = field(default=None, repr=False)
    sender: str | None = None
    messaging_service_sid: str | None = None
    api_url: str = TWILIO_API
    segments_per_second: float = 0.0  # what the sender's line carries, for all processes together; 0: unknown

    @property
    def from_whom(self) -> str:
        """The number or messaging service that texts come from; opt-outs are stored per sender."""
        return self.sender or self.messaging_service_sid or ""

    @property
    def webhook_tokens(self) -> tuple[str, ...]:
        """Tokens that may have signed a webhook: two while one is being rotated."""
        return tuple(token for token in (self.auth_token, self.auth_token_previous) if token)


@dataclass(frozen=True)
class Settings:
    """What a process needs to know from outside. Lengths are seconds."""

    database_url: str
    secret_key: str = field(repr=False)
    instance_path: Path
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    twilio: TwilioSettings | None = None
    tick_seconds: float = 1.0
    reconcile_seconds: float = 60.0
    sample: bool = True
    sms_countries: frozenset[str] = frozenset()  # whose numbers get codes; empty: the country of the show
    trusted_proxies: tuple[Network, ...] = ()  # whose X-Forwarded-For is believed
    price_per_segment: Decimal | None = None  # what one segment of a text costs; None: no price is shown
    price_currency: str = "USD"
    metrics_token: str | None = field(default=None, repr=False)  # whoever sends it may read /metrics; None: anyone may
    heartbeat_url: str | None = field(default=None, repr=False)  # called every minute while the jobs are well
    keep_log_days: int = 730  # how long the audit log is kept; 0: for good
    smtp_url: str | None = field(default=None, repr=False)  # smtps://… or smtp://…; None: no emails are sent
    mail_from: str = ""
    security_contact: str | None = None  # mailto: or https:, in /.well-known/security.txt

    def regions_of(self, own: str) -> frozenset[str]:
        """Countries (``US``) whose numbers strangers may have a code sent to, for a show in the country ``own``."""
        return self.sms_countries or frozenset({own})

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings from the environment. Raises WrongSettings, which names every invalid key."""
        reader = _Reader(os.environ if environ is None else environ)
        settings = reader.settings(cls)
        reader.check_folder(settings.instance_path)
        if reader.problems:
            raise WrongSettings(reader.problems)
        return settings


class _Reader:
    """Reads one key at a time and collects problems, so that one start names every mistake."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self, cls: type[_S]) -> _S:
        host = self.text("HOST") or "127.0.0.1"
        port = self.whole("PORT", 8000, 1, 65535)
        instance = Path(self.text("INSTANCE_PATH") or ROOT / "instance")
        return cls(
            database_url=self.database_url(instance),
            secret_key=self.secret_key(instance),
            instance_path=instance,
            public_url=self.public_url(host, port),
            host=host,
            port=port,
            twilio=self.phone_network(),
            tick_seconds=self.seconds("TICK_SECONDS", 1.0),
            reconcile_seconds=self.seconds("RECONCILE_SECONDS", 60.0),
            sample=self.switch("SAMPLE", default=True),
            sms_countries=self.countries("SMS_COUNTRIES"),
            trusted_proxies=self.networks("TRUSTED_PROXIES"),
            price_per_segment=self.price("PRICE_PER_SEGMENT"),
            price_currency=self.currency("PRICE_CURRENCY", "USD"),
            metrics_token=self.token("METRICS_TOKEN"),
            heartbeat_url=self.text("HEARTBEAT_URL") if self.url("HEARTBEAT_URL", "") else None,
            keep_log_days=self.whole("KEEP_LOG_DAYS", 730, 0, 36_500),
            smtp_url=self.smtp_url(),
            mail_from=self.mail_from(),
            security_contact=self.contact("SECURITY_CONTACT"),
        )

    def text(self, key: str) -> str:
        return self.environ.get(key, "").strip()

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        written = self.text(key)
        if not written:
            return default
        if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
            self.problems.append(f"{key} is {written!r}; it must be a whole number from {least} to {most}.")
            return default
        return int(written)

    def seconds(self, key: str, default: float) -> float:
        written = self.text(key)
        try:
            value = float(written) if written else default
        except ValueError:
            value = -1
        if not 0.05 <= value <= 3600:
            self.problems.append(f"{key} is {written!r}; it must be a number of seconds from 0.05 to 3600.")
            return default
        return value

    def pace(self, key: str) -> float:
        written = self.text(key)
        try:
            value = float(written) if written else 0.0
        except ValueError:
            value = -1
        if value != 0 and not 0.1 <= value <= 1000:
            self.problems.append(f"{key} is {written!r}; it must be 0, or a number from 0.1 to 1000.")
            return 0.0
        return value

    def price(self, key: str) -> Decimal | None:
        written = self.text(key)
        try:
            value = Decimal(written) if written else None
        except InvalidOperation:
            value = Decimal(-1)
        if value is not None and not (value.is_finite() and 0 <= value <= 100):
            self.problems.append(f"{key} is {written!r}; it must be a price from 0 to 100 such as 0.0083, or empty.")
            return None
        return value

    def currency(self, key: str, default: str) -> str:
        written = self.text(key) or default
        if not is_currency(written):
            self.problems.append(f"{key} is {written!r}; it must be a currency's three letters such as USD or EUR.")
            return default
        return written

    def countries(self, key: str) -> frozenset[str]:
        named = [country.strip().upper() for country in self.text(key).split(",") if country.strip()]
        known = Locale("en").territories
        wrong = [country for country in named if len(country) != 2 or country not in known]
        if wrong:
            self.problems.append(f"{key} names {wrong[0]!r}; it must hold countries' two letters, such as US,CA.")
        return frozenset(named)

    def networks(self, key: str) -> tuple[Network, ...]:
        found = []
        for written in self.text(key).replace(",", " ").split():
            try:
                network = ip_network(written)
            except ValueError:
                network = None
            if network is None or network.prefixlen == 0:
                self.problems.append(
                    f"{key} holds {written!r}; it must hold your proxies' addresses or networks such as 10.0.0.5 or "
                    "10.0.0.0/24, with commas between."
                )
            else:
                found.append(network)
        return tuple(found)

    def switch(self, key: str, *, default: bool) -> bool:
        written = self.text(key).lower()
        if written in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
            return written in {"1", "true", "yes", "on"} if written else default
        self.problems.append(f"{key} is {written!r}; it must be 1 or 0.")
        return default

    def token(self, key: str) -> str | None:
        written = self.text(key)
        if written and (len(written) < SHORTEST_TOKEN or not written.isascii() or not written.isprintable()):
            self.problems.append(f"{key} must have at least {SHORTEST_TOKEN} letters and digits, without accents.")
        return written or None

    def contact(self, key: str) -> str | None:
        written = self.text(key)
        if not written:
            return None
        contact = f"mailto:{written}" if "@" in written and ":" not in written else written
        parts = _parts(contact)
        by_mail = parts is not None and parts.scheme == "mailto" and "@" in parts.path
        by_page = parts is not None and parts.scheme == "https" and bool(parts.netloc)
        if not (by_mail or by_page) or not contact.isascii() or not contact.isprintable() or " " in contact:
            self.problems.append(
                f"{key} is {written!r}; it must be an email address or a page, such as security@show.example or "
                "https://show.example/security."
            )
        return contact

    def url(self, key: str, default: str) -> str:
        """``default`` when the key is not set; "" means that there is none."""
        written = self.text(key) or default
        if not written:
            return ""
        parts = _parts(written)
        if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc:
            self.problems.append(f"{key} is {written!r}; it must be a whole address such as https://show.example.")
        return written.rstrip("/")

    def smtp_url(self) -> str | None:
        written = self.text("SMTP_URL")
        if written and (urlsplit(written).scheme not in {"smtp", "smtps"} or not urlsplit(written).hostname):
            shown = written.partition("://")[0]  # the rest may hold a password
            self.problems.append(
                f"SMTP_URL starts with {shown!r}; it must be like smtps://user:password@mail.show.example or "
                "smtp://user:password@mail.show.example:587."
            )
            return None
        return written or None

    def mail_from(self) -> str:
        written = self.text("MAIL_FROM")
        if self.text("SMTP_URL") and "@" not in written:
            self.problems.append(f"MAIL_FROM is {written!r}; emails need a sender such as callboard@show.example.")
        return written

    def public_url(self, host: str, port: int) -> str:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
        return self.url("PUBLIC_URL", f"http://{shown}:{port}")

    def database_url(self, instance: Path) -> str:
        written = self.text("DATABASE_URL")
        written = written or f"sqlite:///{instance / 'callboard.sqlite3'}"
        if not written.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://", "postgres://")):
            shown = written.split(":", 1)[0]
            self.problems.append(
                f"DATABASE_URL starts with {shown!r}; it must start with sqlite:/// or postgresql+psycopg://."
            )
        return written.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)

    def check_folder(self, instance: Path) -> None:
        """A folder, or nothing yet: ``flask db upgrade`` makes it; commands without a database leave no trace."""
        if instance.exists() and not instance.is_dir():
            self.problems.append(f"INSTANCE_PATH is {str(instance)!r}; it must be a folder.")

    def secret_key(self, instance: Path) -> str:
        written = self.text("SECRET_KEY")
        if written:
            if len(written) < SHORTEST_SECRET:
                self.problems.append(
                    f"SECRET_KEY has {len(written)} characters; it must have at least {SHORTEST_SECRET}. "
                    "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
                )
            return written
        try:
            return _kept_secret(instance)
        except OSError as fault:
            self.problems.append(f"INSTANCE_PATH is {str(instance)!r}; a key must be kept there: {fault.strerror}.")
            return ""

    def phone_network(self) -> TwilioSettings | None:
        """Twilio's settings, or None for simulated phones, which ``SIMULATED=0`` refuses: ``make serve`` sets it."""
        network, allowed = self.twilio(), self.switch("SIMULATED", default=True)
        if network is None and not allowed:
            self.problems.append(
                "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM (or TWILIO_MESSAGING_SERVICE_SID) are missing, "
                "so no text would leave this machine. Set them, or set SIMULATED=1 to use simulated phones."
            )
        if network is not None and allowed and self.text("SIMULATED"):
            self.problems.append(
                "SIMULATED is 1, and TWILIO_ settings are set too, so texts would really go out. Remove one."
            )
        return network

    def twilio(self) -> TwilioSettings | None:
        """None, which means simulated phones, when none of Twilio's keys is set."""
        keys = {key for key in self.environ if key.startswith("TWILIO_") and self.text(key)}
        if not keys - {"TWILIO_API_URL", "TWILIO_SEGMENTS_PER_SECOND"}:
            return None
        for key in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
            if not self.text(key):
                self.problems.append(f"{key} is missing; the other TWILIO_ settings need it.")
        if bool(self.text("TWILIO_API_KEY")) != bool(self.text("TWILIO_API_SECRET")):
            self.problems.append("TWILIO_API_KEY and TWILIO_API_SECRET must both be set; only one of them is.")
        if not (self.text("TWILIO_FROM") or self.text("TWILIO_MESSAGING_SERVICE_SID")):
            self.problems.append("TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing; texts need a sender.")
        if self.text("TWILIO_FROM") and not self.text("TWILIO_FROM").startswith("+"):
            self.problems.append("TWILIO_FROM must be a number in the form +12125550100.")
        return TwilioSettings(
            account_sid=self.text("TWILIO_ACCOUNT_SID"),
            auth_token=self.text("TWILIO_AUTH_TOKEN"),
            auth_token_previous=self.text("TWILIO_AUTH_TOKEN_PREVIOUS") or None,
            api_key=self.text("TWILIO_API_KEY") or None,
            api_secret=self.text("TWILIO_API_SECRET") or None,
            sender=self.text("TWILIO_FROM") or None,
            messaging_service_sid=self.text("TWILIO_MESSAGING_SERVICE_SID") or None,
            api_url=self.url("TWILIO_API_URL", TWILIO_API),
            segments_per_second=self.pace("TWILIO_SEGMENTS_PER_SECOND"),
        )


def _parts(written: str) -> SplitResult | None:
    """The parts of a URL; None if its brackets make no sense."""
    try:
        return urlsplit(written)
    except ValueError:
        return None


def _kept_secret(instance: Path) -> str:
    """The secret made on first start and kept beside the database, readable only by its owner."""
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        made = instance / f".secret_key.{os.getpid()}"
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(made, kept)  # complete or not at all; the first of several simultaneous starts wins
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return kept.read_text(encoding="ascii").strip()


def keep_files_private() -> None:
    """Let only this process's own user read the files it creates from now on, above all the database."""
    os.umask(0o077)


def root_warning(user: int) -> str | None:
    """The warning for a process that runs as this user (a number as from ``os.geteuid``); None: no warning."""
    return AS_ROOT if user == 0 else None


def check() -> None:
    """Print what is wrong with the settings and exit with status 1; if all is well, warn when running as root."""
    keep_files_private()
    try:
        Settings.from_env()
    except WrongSettings as wrong:
        sys.exit(str(wrong))
    if warning := root_warning(os.geteuid()):
        sys.stderr.write(f"{warning}\n")


if __name__ == "__main__":
    check()
