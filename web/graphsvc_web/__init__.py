"""The web face of graphsvc: pages for people, JSON for programs. It asks ``ports.Service`` for everything."""

from graphsvc_web.app import create_app

__all__ = ["create_app"]
