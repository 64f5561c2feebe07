"""The WSGI entry: ``flask``, granian and the tests of the outside start here."""

from config import Settings
from coordinator import create_app
from coordinator.logs import write_logs

write_logs()
app = create_app(Settings.from_env())
