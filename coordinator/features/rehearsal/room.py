"""Rehearsals for the browser: one at a time in each process, on a copy in memory, for as long as a page may take."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore, Lock
from typing import Final

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator.db import db
from coordinator.features.event_document.entries import Document

from .filming import Camera
from .in_memory import copy_of
from .played import PlayedNight
from .playing import Rehearsal
from .recording import recorded
from .steps import RehearsalStep

MOST_SECONDS: Final = 12.0  # of one processor
MOST_AT_ONCE: Final = 2  # of the few threads of a process: one that plays, and one that waits for it
PATIENCE: Final = 20.0  # seconds to wait for the one before
KEPT: Final = 4  # nights that were played last, so that a step forward need not play them again


class RoomIsTaken(ValueError):
    """Others are rehearsing."""

    def __init__(self) -> None:
        super().__init__(_l("Other rehearsals are being played right now. Try again in a minute."))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be played. ``strict``: a step that is impossible is refused, not skipped."""

    document: Document
    text: str  # the document, as text
    organisation: str
    public_url: str
    steps: tuple[RehearsalStep, ...]
    on_time: bool
    strict: bool

    @property
    def key(self) -> str:
        """The same for whatever would be played the same way."""
        said = (self.text, self.organisation, self.public_url, self.steps, self.on_time, self.strict)
        return hashlib.blake2b(repr(said).encode(), digest_size=20).hexdigest()


@dataclass
class RehearsalRoom:
    """What one process needs to rehearse; no row and no other process knows of it."""

    most_seconds: float = MOST_SECONDS
    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE))
    turn: Lock = field(default_factory=Lock)
    _app: Flask | None = None
    _kept: OrderedDict[str, PlayedNight] = field(default_factory=OrderedDict)

    def play(self, asked: Asked, *, twin: Callable[[], Flask], now: datetime) -> PlayedNight:
        """The night, played now or just before. ``twin`` makes the app whose database is in memory.

        Raises BadDocument, BadScript, TakesTooLong, RoomIsTaken.
        """
        with self._my_turn():
            played = self._kept.pop(asked.key, None)
            if played is None:
                self._app = self._app or twin()
                played = Context().run(self._played, self._app, asked, now)  # knows nothing of the request around it
            self._kept[asked.key] = played
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return played

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self.places.acquire(blocking=False):
            raise RoomIsTaken
        try:
            if not self.turn.acquire(timeout=PATIENCE):
                raise RoomIsTaken
            try:
                yield
            finally:
                self.turn.release()
        finally:
            self.places.release()

    def _played(self, app: Flask, asked: Asked, now: datetime) -> PlayedNight:
        began, camera = time.thread_time(), Camera()
        with app.app_context():
            try:
                event, facts = copy_of(asked.document, organisation=asked.organisation, now=now)
                rehearsal = Rehearsal(event, asked.public_url, on_time=asked.on_time, forgiving=not asked.strict)
                rehearsal.see = camera.see
                rehearsal.go_on = lambda: time.thread_time() - began < self.most_seconds
                rehearsal.play([*facts, *asked.steps])
                return recorded(rehearsal, camera)
            finally:
                db.session.remove()
                db.engine.dispose()
