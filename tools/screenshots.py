"""Every page in five forms (desktop, phone, 200 %, dark, English) as PNG, and a sheet of each form to look at.

``python tools/screenshots.py FOLDER ADDRESS`` where ADDRESS is what ``make run`` prints: it signs in once.
Words after it choose: only pages whose address has one of them. Without them the walk by keyboard of
tests/web/test_keyboard.py is made too, with a picture of each step: it begins two conversations.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.web.every_page import PAGES, places  # noqa: E402 after the path that leads to it
from tests.web.test_keyboard import walk  # noqa: E402

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FORMS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True},
    "zoom": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "english": {"viewport": DESKTOP},
}
TALLEST = 2_400
"""Pixels of a page on its sheet; the file of the page itself shows all of it."""
CELL, GAP = 420, 12
PER_SHEET = 12


def file_name(address: str) -> str:
    """Of a page's picture."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[0-9a-f-]{36}", "one", address.lower())).strip("-") or "start"


def shoot(page: Page, address: str, file: Path) -> int:
    """Takes a page's picture when nothing loads any more; gives by how many pixels it scrolls sideways."""
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=file, full_page=True)
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sheet(files: Sequence[Path], into: Path) -> None:
    """Pictures of pages side by side, each with its name."""
    made = []
    for file in files:
        with Image.open(file) as picture:
            seen = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST)))
            made.append(seen.resize((CELL, seen.height * CELL // seen.width)))
    across = 4
    rows = [made[i : i + across] for i in range(0, len(made), across)]
    tall = [max(picture.height for picture in row) + 20 for row in rows]
    whole = Image.new("RGB", (across * (CELL + GAP), sum(tall) + GAP * len(rows)), "#888888")
    pen, top = ImageDraw.Draw(whole), 0
    for number, row in enumerate(rows):
        for column, picture in enumerate(row):
            left = column * (CELL + GAP)
            pen.text((left + 4, top + 4), files[number * across + column].stem, fill="#ffffff")
            whole.paste(picture, (left, top + 20))
        top += tall[number] + GAP
    whole.save(into)


def one_form(context: BrowserContext, folder: Path, addresses: Sequence[str]) -> None:
    """All pages in one form, and their sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    page, files = context.new_page(), []
    page.on("pageerror", lambda error: print(f"{page.url}: {error}"))
    for address in addresses:
        files.append(folder / f"{file_name(address)}.png")
        if wide := max(shoot(page, address, files[-1]), 0):
            print(f"{folder.name} {address}: {wide} px too wide")
    for first in range(0, len(files), PER_SHEET):
        sheet(files[first : first + PER_SHEET], folder.parent / f"{folder.name}-{first // PER_SHEET + 1}.png")


def main(folder: Path, address: str, words: Sequence[str]) -> None:
    """Signs in once and takes all pictures."""
    (folder / "keyboard").mkdir(parents=True, exist_ok=True)
    base = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        entered = browser.new_context(base_url=base)
        first = entered.new_page()
        first.goto(address)
        if not words:
            walk(first, lambda step: first.screenshot(path=folder / "keyboard" / f"{step}.png"))
        known = places(lambda path: entered.request.get(path).json())
        wanted = [page.format(**known) for page in PAGES if not words or any(word in page for word in words)]
        for name, form in FORMS.items():
            context = browser.new_context(base_url=base, **form)
            cookies = entered.cookies()
            context.add_cookies(cookies)  # type: ignore[arg-type]
            if name == "english":
                context.add_cookies([{"name": "language", "value": "en", "url": base}])
            one_form(context, folder / name, wanted)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
