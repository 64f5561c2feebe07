"""What a browser that calls itself Mozilla/5.0 (…) is called by the person who holds it."""

from __future__ import annotations

from flask_babel import gettext as _

BROWSERS = {  # part of a User-Agent, the browser it means; the first that fits
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "SamsungBrowser": "Samsung Internet",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Tizen": "Samsung TV",
    "Web0S": "LG TV",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def browser_name(written: str) -> str:
    """``Firefox, Android`` of a User-Agent; what can't be told is called unknown."""
    browser = next((name for part, name in BROWSERS.items() if part in written), "")
    system = next((name for part, name in SYSTEMS.items() if part in written), "")
    return ", ".join(name for name in (browser, system) if name) or _("Unknown browser")
