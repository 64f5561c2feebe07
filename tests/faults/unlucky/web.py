"""What ``wsgi.py`` holds, on the same machine."""

from config import Settings
from coordinator import create_app

from .machine import be_unlucky

be_unlucky("web")
app = create_app(Settings.from_env())
