"""Emails as a test reads them: kept instead of sent."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

from flask import Flask

from coordinator.services import services
from tests.features.sign_in.mailed import Recorder

Letters = list[tuple[str, str]]


def keep_letters(app: Flask) -> Letters:
    """From now on the app's emails are kept in this list."""
    recorder = Recorder()
    app.extensions["callboard"] = replace(services(), mailer=recorder)
    return recorder.letters


def wait_for_mail() -> None:
    """Until every email that is on its way has arrived."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()


def link_in(letters: Letters) -> str:
    """The path of the link in the newest of them."""
    found = re.search(r"http://localhost(/\S+)", letters[-1][1])
    assert found is not None
    return found[1]
