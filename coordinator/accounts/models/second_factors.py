"""What an account proves itself with besides a password: an authenticator app, recovery codes, passkeys."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db import At, Base, BigId, Key, MaybeAt


class Authenticator(Base):
    """The app that makes an account's time codes; while there is one, two-step sign-in is on.

    Its secret is not stored: it follows from the salt and the installation's ``SECRET_KEY``.
    """

    __tablename__ = "authenticators"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True)
    salt: Mapped[str] = mapped_column(String(64))
    last_step: Mapped[int]  # that of the last code taken, in half minutes since 1970: no code is taken twice
    created_at: Mapped[At]


class RecoveryCode(Base):
    """Stands in for a time code, once. Only its hash is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[MaybeAt]


class Passkey(Base):
    """A key pair whose private half stays in a phone, a computer or a password manager: it signs in on its own."""

    __tablename__ = "passkeys"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))  # as its owner calls it
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)  # base64url; at most 1,023 bytes
    public_key: Mapped[str] = mapped_column(String(2000))  # COSE, base64url
    sign_count: Mapped[int] = mapped_column(BigId)  # how often it signed, as it says itself; 0: it does not count
    backed_up: Mapped[bool]  # it is on several devices, none of which counts for all
    created_at: Mapped[At]
    last_used_at: Mapped[MaybeAt]
