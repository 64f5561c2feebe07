"""The WSGI entry: ``flask``, granian and the tests of the outside start here."""

from config import Settings
from coordinator import create_app

app = create_app(Settings.from_env())
