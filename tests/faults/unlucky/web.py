"""The server of ``wsgi.py`` on that machine."""

from config import Settings
from coordinator import create_app
from coordinator.collector import keep_to_safe_points
from coordinator.web.rsgi import RsgiAdapter
from tests.faults.unlucky.machine import be_unlucky

be_unlucky("web")
server = RsgiAdapter(create_app(Settings.from_env()))
keep_to_safe_points()
