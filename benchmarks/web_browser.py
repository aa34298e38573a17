"""What a person with a browser waits for: first paint, a page that answers, a picture that follows the hand."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pyvis.network import Network

RUNS = 3
"""Loads of each page, each with an empty cache and then again with what the browser has kept; the median counts."""
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
WATCH = """
window.bench = {shift: 0, long: 0, drawn: 0, nodes: 0};
const watch = (type, each) => new PerformanceObserver(l => l.getEntries().forEach(each))
  .observe({type, buffered: true});
watch('layout-shift', e => { bench.shift += e.value; });
watch('longtask', e => { bench.long = e.startTime + e.duration; });
document.addEventListener('drawn', e => {
  bench.drawn = performance.now(); bench.nodes = e.detail.picture.nodes.length;
}, true);
"""
READ = """() => ({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  ready: Math.max(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd, bench.long, bench.drawn),
  shift: bench.shift,
})"""
FRAMES = """() => {
  window.frames_ = [];
  let before = performance.now();
  const next = now => { frames_.push(now - before); before = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
SETTLED = """most => new Promise(done => {
  network.once('stabilizationIterationsDone', () => done(performance.now()));
  setTimeout(() => done(most), most);
})"""
LONGEST = 90_000
"""Milliseconds that stock pyvis may take to lay its picture out."""
MEMBERS = 500


@dataclass(frozen=True)
class Visitor:
    """A browser whose user is signed in."""

    browser: Browser
    address: str
    cookies: list[Any]

    @property
    def cookie(self) -> str:
        """For requests without a browser."""
        return "; ".join(f"{c['name']}={c['value']}" for c in self.cookies)

    def window(self) -> BrowserContext:
        """Signed in, with an empty cache."""
        made = self.browser.new_context(base_url=self.address, viewport={"width": 1280, "height": 900})
        made.add_cookies(self.cookies)
        made.add_init_script(WATCH)
        return made


@contextmanager
def chromium(sign_in: str) -> Iterator[Visitor]:
    """Chromium from the system, else Playwright's own, signed in by the one-time address."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        context = browser.new_context()
        page = context.new_page()
        page.goto(sign_in, timeout=LONGEST)
        cookies: Any = context.cookies()
        context.close()
        yield Visitor(browser, sign_in.split("/sign-in/")[0], cookies)
        browser.close()


def pages(visitor: Visitor, paths: dict[str, str]) -> dict[str, dict[str, float]]:
    """By page, the medians over runs (the largest weight): milliseconds, shift, kilobytes over the wire."""
    found = {}
    for name, path in paths.items():
        runs = [_loaded(visitor, path) for _ in range(RUNS)]
        found[name] = {
            "first_paint_ms": round(statistics.median(r["paint"] for r in runs), 1),
            "interactive_ms": round(statistics.median(r["ready"] for r in runs), 1),
            "again_first_paint_ms": round(statistics.median(r["again_paint"] for r in runs), 1),
            "again_interactive_ms": round(statistics.median(r["again_ready"] for r in runs), 1),
            "shift": round(max(r["shift"] for r in runs), 4),
            "weight_kb": round(max(r["bytes"] for r in runs) / 1000, 1),
        }
    return found


def _loaded(visitor: Visitor, path: str) -> dict[str, float]:
    context = visitor.window()
    page = context.new_page()
    size = _weighed(context, page)
    read = _read(page, path)
    weight = float(size[0])
    again = _read(page, path)
    context.close()
    return {**read, "again_paint": again["paint"], "again_ready": again["ready"], "bytes": weight}


def _read(page: Page, path: str) -> dict[str, float]:
    page.goto(path, wait_until="networkidle", timeout=LONGEST)
    page.wait_for_timeout(200)
    read: dict[str, float] = page.evaluate(READ)
    return read


def _weighed(context: BrowserContext, page: Page) -> list[float]:
    """A list whose one number grows by the bytes that come over the wire."""
    size = [0.0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def add(event: dict[str, Any]) -> None:
        size[0] += event["encodedDataLength"]

    session.on("Network.loadingFinished", add)
    return size


def pan(visitor: Visitor, path: str) -> dict[str, float]:
    """Milliseconds between frames while the picture is dragged about."""
    context = visitor.window()
    page = context.new_page()
    page.goto(path, wait_until="networkidle", timeout=LONGEST)
    page.wait_for_function("bench.nodes > 0", timeout=LONGEST)
    nodes = int(page.evaluate("bench.nodes"))
    box = page.locator(".stage canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 3, y + 3)
    page.mouse.down()
    page.evaluate(FRAMES)
    for i in range(120):
        page.mouse.move(x + 150 * ((i % 40) / 40), y + 80 * ((i % 20) / 20))
    page.mouse.up()
    frames: list[float] = sorted(page.evaluate("frames_")[2:])
    context.close()
    return {
        "nodes": nodes,
        "frames": len(frames),
        "median_ms": round(statistics.median(frames), 1),
        "p95_ms": round(frames[int(len(frames) * 0.95)], 1),
    }


def stock(visitor: Visitor, folder: Path, organisation: str, many: str) -> dict[str, dict[str, float]]:
    """pyvis as it comes, of the same ego network and of 500 organisations: until its picture has settled."""
    api = {
        "ego network": (f"/api{organisation}/picture", organisation),
        f"{MEMBERS} nodes": (many.replace("/network", "/api/picture"), many),
    }
    found = {}
    for name, (data, ours) in api.items():
        answer = visitor.window().request.get(data, timeout=LONGEST).json()
        own = _loaded(visitor, ours)["ready"]
        found[name] = _stock(visitor, folder, answer)
        found[name] |= {"ours_ms": round(own, 1), "ratio": round(found[name]["ready_ms"] / own, 1)}
    return found


def _stock(visitor: Visitor, folder: Path, answer: dict[str, Any]) -> dict[str, float]:
    nodes = {n["id"]: n for n in answer["nodes"][:MEMBERS]}
    file, began = folder / "stock.html", time.perf_counter()
    net = Network(cdn_resources="in_line")
    for node in nodes.values():
        net.add_node(node["id"], label=node["label"], title=node["title"], size=node["size"])
    for edge in answer["edges"]:
        if edge["from"] in nodes and edge["to"] in nodes:
            net.add_edge(edge["from"], edge["to"], width=edge["width"])
    file.write_text(net.generate_html(notebook=False), "utf-8")
    made = (time.perf_counter() - began) * 1000
    page = visitor.browser.new_page()
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("typeof network !== 'undefined'", timeout=LONGEST)
    settled = float(page.evaluate(SETTLED, LONGEST))
    page.close()
    return {
        "nodes": len(nodes),
        "made_ms": round(made, 1),
        "ready_ms": round(made + settled, 1),
        "weight_kb": round(file.stat().st_size / 1000, 1),
    }
