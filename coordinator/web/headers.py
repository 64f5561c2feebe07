"""What every answer tells the browser it may do: nothing that this app does not need."""

from __future__ import annotations

from flask import Flask, Response, request, session

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TOKEN_IN_ADDRESS = ("/me/", "/sign-in/")  # whoever holds such an address is let in
FOR_ONE_PERSON = (*TOKEN_IN_ADDRESS, "/sign-in", "/coordinate", "/phones")


def init_app(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer. ``https``: the public address is https, and stays so."""
    fixed = ALWAYS | {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    if https:
        fixed["Strict-Transport-Security"] = "max-age=31536000"
        fixed["Content-Security-Policy"] += "; upgrade-insecure-requests"

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        tell_referrer(response)
        limit_keeping(response)
        return response


def tell_referrer(response: Response) -> None:
    """Addresses with a token in them are told to nobody and indexed by nobody."""
    if request.path.startswith(TOKEN_IN_ADDRESS):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    else:
        response.headers.setdefault("Referrer-Policy", "same-origin")


def limit_keeping(response: Response) -> None:
    """Pages for one person are kept nowhere; others are kept but asked for again before they are shown."""
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    if "Cache-Control" in response.headers:
        return
    personal = request.path.startswith(FOR_ONE_PERSON) or "_user_id" in session or response.status_code >= 400
    response.headers["Cache-Control"] = "no-store" if personal or request.method == "POST" else "private, no-cache"
