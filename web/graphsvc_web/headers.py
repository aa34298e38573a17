"""Headers that keep a page to itself: no script, style, font or picture from elsewhere, nothing inline."""

from __future__ import annotations

from flask import Response, request, session

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = 31_536_000
_control = bytes({*range(32), 127} - {*b"\t\n\f\r"})
SHOWN = bytes.maketrans(_control, b"?" * len(_control))
"""Bytes of control characters, which no page may hold, to what stands for them."""
FRAMED = ("views.shared", "views.unlock")
"""What other sites may show inside their pages."""


def policy(*, framed: bool = False) -> str:
    """The Content-Security-Policy; ``framed``: other sites may show the page (a shared view)."""
    rules = {**POLICY, "frame-ancestors": "*"} if framed else POLICY
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def shown(response: Response) -> Response:
    """A page without the control characters that somebody wrote into an address or a form; before it is compressed."""
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(response.get_data().translate(SHOWN))
    return response


def add(response: Response) -> Response:
    """After each request."""
    framed = request.endpoint in FRAMED
    response.headers["Content-Security-Policy"] = policy(framed=framed)
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if not framed:
        response.headers["X-Frame-Options"] = "DENY"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if request.endpoint == "static" and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    elif request.endpoint != "static":
        signed_in = response.mimetype == "text/html" and "_user_id" in session
        kept = "no-store" if signed_in else "no-cache"  # Back shows nobody the page of who signed out
        response.headers.setdefault("Cache-Control", f"private, {kept}")
    return response
