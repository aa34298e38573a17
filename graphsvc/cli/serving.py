"""``graphsvc serve`` and ``graphsvc demo``: the web application on waitress."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphsvc import config
from graphsvc.cli.ending import because_of
from graphsvc.cli.progress import bar, downloading
from graphsvc.cli.words import note, say, tr
from graphsvc.errors import ConfigError, Place, system_says
from graphsvc.i18n import msg

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from graphsvc.service import Service

LOOPBACK = "127.0.0.1"
THREADS = 8
PATIENCE = 5
"""Seconds that the server has to end."""
CONNECTIONS, IDLE_SECONDS = 1000, 30
"""Connections at a time, and after how long one on which nothing comes is closed."""

STARTING = msg("Starting the database; the first time it is downloaded (about 135 MB).")
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, help=tr("The port to serve on; 0 takes a free one."))
]


class Data(StrEnum):
    """The demonstrations that are shipped."""

    region = "region"
    denmark = "denmark"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("demo", help=tr("Load a demonstration into an empty database and serve it."))(demo)
    app.command("serve", help=tr("Serve the web application."))(serve)
    app.command("sign-in", help=tr("Make an address that signs somebody in once, for a forgotten password."))(sign_in)


def demo(
    data: Annotated[
        Data, typer.Option("--data", help=tr("region: a made-up Polish region; denmark: real Danish partnerships."))
    ] = Data.region,
    port: PortOption = 8000,
) -> None:
    from graphsvc.service import opened
    from graphsvc.service.demo import load_demo

    with closing(listen(LOOPBACK, port)) as listener, _ended_by_signals():
        note(STARTING)
        with downloading() as progress, opened(config.load(), progress) as service:
            with bar(tr("Loading the demonstration")) as loaded:
                fresh = load_demo(service, data.value, loaded)
            if not fresh:
                note(msg("The database already holds data: it is shown as it is."))
            _serve(service, listener, demonstration=True)


def serve(
    host: Annotated[str, typer.Option("--host", help=tr("The address to serve on."))] = LOOPBACK,
    port: PortOption = 8000,
) -> None:
    from graphsvc.service import opened

    with closing(listen(host, port)) as listener, _ended_by_signals():
        settings = config.load()
        if not settings.neo4j_uri:
            note(STARTING)
        with downloading() as progress, opened(settings, progress) as service:
            _serve(service, listener, demonstration=False)


def sign_in(email: Annotated[str, typer.Argument(help=tr("The e-mail address of the account."))]) -> None:
    from graphsvc_web.first import way_in

    from graphsvc.service import opened

    with downloading() as progress, opened(config.load(), progress) as service:
        print(way_in(service.accounts, email))
    note(msg("Put it behind the address of your service, as http://127.0.0.1:8000/sign-in/…; it works once."))


class _Ended(BaseException):
    """SIGTERM came: leave every ``with`` in order."""


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM and Ctrl-C end the process cleanly, with exit code 0, wherever it is."""

    def end(_signal: int, _frame: object) -> None:
        raise _Ended

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except BaseException as exc:
        if not because_of(exc, _Ended):
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, taken before anything slow is done.

    Raises ConfigError when the port is taken or the address is not this machine's.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as exc:
        listener.close()
        field, hint = "--port", msg("Choose another with --port, or 0 for any that is free.")
        if exc.errno == errno.EADDRNOTAVAIL:
            field, hint = "--host", msg("Give an address of this computer with --host.")
        raise ConfigError(
            msg("Port %(port)s on %(host)s can't be used: %(why)s.", port=port, host=host, why=system_says(exc)),
            place=Place(field=field),
            hint=hint,
        ) from exc
    return listener


def _serve(service: Service, listener: socket.socket, *, demonstration: bool) -> None:
    """Serve until a signal comes; prints the address once the page answers."""
    from graphsvc_web import create_app, early
    from graphsvc_web.first import ADMINISTRATOR, first_way_in

    host, port = listener.getsockname()[:2]
    app = create_app(service)
    with running(app, listener, config.load().proxy) as loop:
        service.warm()
        service.prepare(partial(early.make, app))
        service.jobs.start()
        service.uploads.sweep()
        first = first_way_in(service.accounts, f"http://{host}:{port}", always_sign_in=demonstration)
        print(f"open: {first.address}", flush=True)  # tests and scripts read this line
        if first.password:
            text = msg("The address signs you in once; or sign in as %(who)s with the one-time password %(password)s.",
                       who=ADMINISTRATOR, password=first.password)  # fmt: skip
            say(text)
        if demonstration:
            say(msg("The address signs you in once. Next: import your own file, see README.md. Stop with Ctrl-C."))
        loop.join()


@contextmanager
def running(app: WSGIApplication, listener: socket.socket, proxy: str = "") -> Iterator[threading.Thread]:
    """The thread of a server over a listening socket; ``proxy``: the address whose word on who asks is taken.

    It is ended from within its loop: sockets closed by another thread fail under the loop's ``select``.
    """
    from waitress.server import create_server
    from waitress.wasyncore import close_all

    channels: dict[int, Any] = {}
    server = create_server(
        app,
        map=channels,
        sockets=[listener],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # select knows no more than 1,024 descriptors
        channel_timeout=IDLE_SECONDS,
        trusted_proxy=proxy or None,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"} if proxy else set(),
        clear_untrusted_proxy_headers=True,
    )
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield loop
    finally:
        server.trigger.pull_trigger(partial(close_all, channels))
        server.task_dispatcher.shutdown()
        loop.join(timeout=PATIENCE)
