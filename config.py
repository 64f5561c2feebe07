"""Settings: every environment variable, its type and its default. The only reader of ``os.environ``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from babel.numbers import is_currency

ROOT = Path(__file__).resolve().parent
TWILIO_API = "https://api.twilio.com"

_S = TypeVar("_S", bound="Settings")


class WrongSettings(ValueError):
    """One or more settings cannot be used; the message names every one of them."""

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
    segments_per_second: float = 0.0  # what the sender's line carries, of all processes together; 0: it is not known

    @property
    def from_whom(self) -> str:
        """The number or messaging service that texts leave from; opt-outs are kept per sender."""
        return self.sender or self.messaging_service_sid or ""

    @property
    def webhook_tokens(self) -> tuple[str, ...]:
        """Tokens that may have signed a webhook: two while one is being rotated."""
        return tuple(token for token in (self.auth_token, self.auth_token_previous) if token)


@dataclass(frozen=True)
class Settings:
    """What one process needs to know from outside. Lengths are seconds."""

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
    price_per_segment: Decimal | None = None  # what one segment of a text costs; None: no price is shown
    price_currency: str = "USD"

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings from the environment; raises WrongSettings naming every wrong key."""
        reader = _Reader(os.environ if environ is None else environ)
        settings = reader.settings(cls)
        if reader.problems:
            raise WrongSettings(reader.problems)
        return settings


class _Reader:
    """Reads one key at a time and remembers what was wrong, so that one start names every mistake."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self, cls: type[_S]) -> _S:
        host = self.text("HOST") or "127.0.0.1"
        port = self.whole("PORT", 8000, 1, 65535)
        instance = Path(self.text("INSTANCE_PATH") or ROOT / "instance")
        return cls(
            database_url=self.database_url(instance),
            secret_key=self.text("SECRET_KEY") or _kept_secret(instance),
            instance_path=instance,
            public_url=self.public_url(host, port),
            host=host,
            port=port,
            twilio=self.twilio(),
            tick_seconds=self.seconds("TICK_SECONDS", 1.0),
            reconcile_seconds=self.seconds("RECONCILE_SECONDS", 60.0),
            sample=self.switch("SAMPLE", default=True),
            price_per_segment=self.price("PRICE_PER_SEGMENT"),
            price_currency=self.currency("PRICE_CURRENCY", "USD"),
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

    def switch(self, key: str, *, default: bool) -> bool:
        written = self.text(key).lower()
        if written in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
            return written in {"1", "true", "yes", "on"} if written else default
        self.problems.append(f"{key} is {written!r}; it must be 1 or 0.")
        return default

    def url(self, key: str, default: str) -> str:
        written = self.text(key) or default
        if urlsplit(written).scheme not in {"http", "https"} or not urlsplit(written).netloc:
            self.problems.append(f"{key} is {written!r}; it must be a whole address such as https://show.example.")
        return written.rstrip("/")

    def public_url(self, host: str, port: int) -> str:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
        return self.url("PUBLIC_URL", f"http://{shown}:{port}")

    def database_url(self, instance: Path) -> str:
        written = self.text("DATABASE_URL") or f"sqlite:///{instance / 'callboard.sqlite3'}"
        if not written.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://", "postgres://")):
            shown = written.split(":", 1)[0]
            self.problems.append(
                f"DATABASE_URL starts with {shown!r}; it must start with sqlite:/// or postgresql+psycopg://."
            )
        return written.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)

    def twilio(self) -> TwilioSettings | None:
        """None, which means simulated phones, when not one of Twilio's keys is set."""
        keys = {key for key in self.environ if key.startswith("TWILIO_") and self.text(key)}
        if not keys - {"TWILIO_API_URL", "TWILIO_SEGMENTS_PER_SECOND"}:
            return None
        for key in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
            if not self.text(key):
                self.problems.append(f"{key} is missing; the other TWILIO_ settings need it.")
        if bool(self.text("TWILIO_API_KEY")) != bool(self.text("TWILIO_API_SECRET")):
            self.problems.append("TWILIO_API_KEY and TWILIO_API_SECRET belong together; only one of them is set.")
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


def _kept_secret(instance: Path) -> str:
    """The secret made on the first start and kept beside the database, readable by its owner only."""
    kept = instance / "secret_key"
    try:
        return kept.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    instance.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # the other process of the same start was first
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return kept.read_text(encoding="ascii").strip()
