"""What the server takes from a web server in front of it, and from nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.request import Request, urlopen

import pytest

from graphsvc.cli.serving import listen, running


def echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ[k] for k in ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST")]).encode()]


@pytest.mark.parametrize("proxy", ["", "127.0.0.1", "10.0.0.1"])
def test_only_the_proxy_says_who_asks_and_how(proxy: str) -> None:
    listener = listen("127.0.0.1", 0)
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    said = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "owes.example.org"}
    with running(echo, listener, proxy), urlopen(Request(f"http://{host}/", headers=said)) as answer:
        told = json.load(answer)
    believed = ["192.0.2.7", "https", "owes.example.org"]
    assert told == (believed if proxy == "127.0.0.1" else ["127.0.0.1", "http", host])
