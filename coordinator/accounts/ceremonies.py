"""What passkeys sign, and how it is checked (WebAuthn): the one place that knows the library.

The library costs 18 MB of memory, so it is loaded by the first passkey: the jobs and most web workers never need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

FIVE_MINUTES: Final = 5 * 60 * 1000  # ms in which the person answers their browser
LONGEST_ANSWER: Final = 20_000  # characters


class NotProved(ValueError):
    """The answer was not made by this passkey, for this site, to this challenge; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Site:
    """Whom passkeys are made for: the origin that people see, and its host name."""

    origin: str
    host: str

    @classmethod
    def of(cls, public_url: str) -> Site:
        parts = urlsplit(public_url)
        return cls(f"{parts.scheme}://{parts.netloc}", parts.hostname or "")

    @property
    def takes_passkeys(self) -> bool:
        """Browsers make none for a numeric address, nor without https but on this machine."""
        return not _is_address(self.host) and (self.origin.startswith("https://") or self.host == "localhost")


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a new passkey showed of itself."""

    credential_id: str
    public_key: str  # COSE, base64url
    sign_count: int
    backed_up: bool


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """What is kept of a passkey, to check what it signs. ``sign_count``: 0 where it does not count."""

    owner: bytes
    public_key: str
    sign_count: int


def owner_handle(account_id: int) -> bytes:
    """What a passkey keeps to say whose it is: it tells a stranger nothing."""
    return f"account {account_id}".encode()


def creation_options(site: Site, challenge: bytes, account_id: int, email: str, known: Sequence[str]) -> str:
    """JSON for ``navigator.credentials.create``. The passkeys ``known`` to the account are not made again."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Callboard",
        user_id=owner_handle(account_id),
        user_name=email,
        challenge=challenge,
        timeout=FIVE_MINUTES,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known],
    )
    return options_to_json(options)


def request_options(site: Site, challenge: bytes) -> str:
    """JSON for ``navigator.credentials.get``: any passkey of this site, of whoever holds the device and proves it."""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers.structs import UserVerificationRequirement  # noqa: PLC0415

    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=FIVE_MINUTES,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def created(answer: str, site: Site, challenge: bytes) -> NewPasskey:
    """The passkey that a browser made. Raises NotProved."""
    from webauthn import verify_registration_response  # noqa: PLC0415
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415

    try:
        found = verify_registration_response(
            credential=_short(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as fault:  # whatever the library, and those that it stands on, make of hostile bytes
        raise NotProved(f"{type(fault).__name__}: {fault}") from fault
    return NewPasskey(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
        found.credential_backed_up,
    )


def claimed(answer: str) -> str:
    """Which passkey the answer says that it is from, unchecked. Raises NotProved."""
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415

    try:
        return parse_authentication_credential_json(_short(answer)).id
    except Exception as fault:  # as above
        raise NotProved(f"{type(fault).__name__}: {fault}") from fault


def proved(answer: str, site: Site, challenge: bytes, known: KnownPasskey) -> tuple[int, bool]:
    """How often the passkey has signed by now, and whether it is on several devices.

    Raises NotProved, also where it says that it signed less often than before: then there is a copy of it.
    """
    from webauthn import base64url_to_bytes, verify_authentication_response  # noqa: PLC0415
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415

    try:
        parsed = parse_authentication_credential_json(_short(answer))
        found = verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except Exception as fault:  # as above
        raise NotProved(f"{type(fault).__name__}: {fault}") from fault
    if parsed.response.user_handle not in (None, known.owner):
        raise NotProved("it says that it is somebody else's")
    return found.new_sign_count, found.credential_backed_up


def _short(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("it is too long")
    return answer


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
