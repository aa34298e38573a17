"""Fifty people at once: how long each waits for a page or for JSON."""

from __future__ import annotations

import http.client
import random
import threading
import time
from urllib.parse import quote, urlsplit

from benchmarks.web_network import Large

PEOPLE = 50
THINK = 3.0
"""Mean seconds between two requests of one person, who reads what came."""
SECONDS, RUSH = 40.0, 10.0
HEADERS = {"Accept-Encoding": "zstd, br, gzip", "User-Agent": "graphsvc benchmark"}


def crowd(address: str, cookie: str, large: Large, paths: list[str]) -> dict[str, dict[str, float]]:
    """People who read, and people who don't (what the server can take)."""
    wanted = [*paths, *_json(large)]
    _ask(address, cookie, wanted, random.Random(0), lambda: 0.0, time.monotonic() + 5, [])  # noqa: S311
    return {
        f"{PEOPLE} people who read": _measured(address, cookie, wanted, SECONDS, THINK),
        "as fast as it goes": _measured(address, cookie, wanted, RUSH, 0.0, people=4),
    }


def _json(large: Large) -> list[str]:
    rng = random.Random(large.seed)  # noqa: S311
    some = [large.id("organisation", rng.randrange(large.count)) for _ in range(20)]
    return [
        *(f"/organisations/{id}" for id in some),
        *(f"/api/organisations/{id}/picture" for id in some),
        *(f"/network?group={g}&level=organisations" for g in range(1, 6)),
        *(f"/api/picture?group={g}&level=organisations" for g in range(1, 6)),
        *(f"/api/search?q={quote(q)}" for q in ("ogród", "most", "zielon", "przystan", "warsztat")),
        "/api/picture",
        "/api/picture?level=organisations",
        "/api/organisations?sort=name&page=3",
    ]


def _measured(
    address: str, cookie: str, paths: list[str], seconds: float, think: float, people: int = PEOPLE
) -> dict[str, float]:
    times: list[float] = []
    end = time.monotonic() + seconds
    threads = []
    for n in range(people):
        rng = random.Random(n)  # noqa: S311
        pause = (lambda r=rng: r.expovariate(1 / think)) if think else (lambda: 0.0)
        threads.append(threading.Thread(target=_ask, args=(address, cookie, paths, rng, pause, end, times)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "requests": len(times),
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
    }


def _ask(
    address: str, cookie: str, paths: list[str], rng: random.Random, pause, end: float, times: list[float]
) -> None:  # type: ignore[no-untyped-def]
    """One person: open something, read, open the next."""
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    while time.monotonic() < end:
        time.sleep(min(pause(), 10))
        path = quote(rng.choice(paths), safe="/?&=%")
        began = time.perf_counter()
        connection.request("GET", path, headers={**HEADERS, "Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status} {path}")
    connection.close()
