"""Security headers of every response: the browser may do nothing that this app does not need."""

from flask import Flask, Response, request

from .addresses import stay_here
from .session_cookie import COOKIE

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
TOKEN_IN_ADDRESS = ("/me/", "/sign-in/", "/invitations/", "/unsubscribe/")  # anyone who has such a URL is let in
FOR_ONE_PERSON = (*TOKEN_IN_ADDRESS, "/sign-in", "/coordinate", "/phones")


def init_app(app: Flask, *, https: bool) -> None:
    """Add the headers to every response. ``https``: the public URL is https."""
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
        return stay_here(response)


def tell_referrer(response: Response) -> None:
    """URLs with a token are sent to no other site and indexed by no search engine."""
    if request.path.startswith(TOKEN_IN_ADDRESS):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    else:
        response.headers.setdefault("Referrer-Policy", "same-origin")


def limit_keeping(response: Response) -> None:
    """Pages for one person are never cached; others are cached but revalidated before they are shown."""
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    if "Cache-Control" in response.headers:
        return
    signed_in = COOKIE in request.cookies
    personal = request.path.startswith(FOR_ONE_PERSON) or signed_in or response.status_code >= 400
    response.headers["Cache-Control"] = "no-store" if personal or request.method == "POST" else "private, no-cache"
