"""A device that holds passkeys, as software: it signs whatever a test tells it to."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from pyotp import TOTP

from coordinator.accounts.actions.passkeys import PasskeyAnswer, add_passkey
from coordinator.accounts.actions.two_step import turn_on
from coordinator.accounts.ceremonies import Site, creation_options
from coordinator.accounts.models import Account, Actor
from coordinator.accounts.time_codes import TimeCodes

PRESENT, VERIFIED, MAY_BE_COPIED, COPIED, WITH_KEY = 0x01, 0x04, 0x08, 0x10, 0x40  # flags of authenticator data


def written(raw: bytes) -> str:
    """As base64url."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Device:
    """One passkey. ``counts`` is how often it has signed; None: it says 0 for ever."""

    origin: str = "https://callboard.example"
    host: str = "callboard.example"
    flags: int = PRESENT | VERIFIED
    counts: int | None = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: token_bytes(16))
    owner: bytes = b""

    def create(self, options: str) -> str:
        """What the browser answers when it is asked to make a passkey, as JSON."""
        asked = json.loads(options)
        self.owner = urlsafe_b64decode(asked["user"]["id"] + "==")
        point = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(WITH_KEY) + held}
        said = self._client_data("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=said, attestationObject=cbor2.dumps(attested))

    def sign(self, options: str) -> str:
        """What the browser answers when it is asked to sign in, as JSON."""
        if self.counts is not None:
            self.counts += 1
        data, said = self._data(0), self._client_data("webauthn.get", json.loads(options)["challenge"])
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.owner)

    def creation_of(self, options: str, attested: bytes) -> str:
        """What a browser never says: it made a passkey, and these bytes are what tells of it."""
        said = self._client_data("webauthn.create", json.loads(options)["challenge"])
        return self._answer(clientDataJSON=said, attestationObject=attested)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, more: int) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | more]) + (self.counts or 0).to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        named = {"id": written(self.id), "rawId": written(self.id), "type": "public-key"}
        return json.dumps({**named, "response": {name: written(value) for name, value in response.items()}})


def prove_with_everything(account: Account, now: datetime) -> None:
    """Two-step sign-in with its recovery codes, and a passkey, for this account."""
    codes, site = TimeCodes("a key"), Site.of("https://callboard.example")
    turn_on(account, "salt", TOTP(codes.secret("salt")).at(now), codes, now, actor=Actor("Somebody"))
    challenge = f"a challenge for {account.id}"
    words = Device().create(creation_options(site, challenge.encode(), account.id, account.email, []))
    add_passkey(account, "Phone", PasskeyAnswer(words, challenge, site), now, actor=Actor("Somebody"))
