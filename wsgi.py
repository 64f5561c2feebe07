"""The entry point: ``flask`` and any WSGI server take ``app``; granian takes ``server``."""

import sys

from config import Settings, WrongSettings, keep_files_private
from coordinator import create_app
from coordinator.collector import keep_to_safe_points
from coordinator.logs import write_logs
from coordinator.web.rsgi import RsgiAdapter

write_logs()
keep_files_private()
try:
    settings = Settings.from_env()
except WrongSettings as wrong:
    sys.exit(str(wrong))
app = create_app(settings)
server = RsgiAdapter(app)
keep_to_safe_points()
