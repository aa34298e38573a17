"""The application over the Danish partnerships in memory, served to a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import as_file, files
from typing import Any

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app, signing
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from graphsvc.cli import serving
from graphsvc.model.accounts import Account
from graphsvc.model.network import Network
from graphsvc.service import Service
from tests.web.memory import MemoryService

PASSWORD = "correct horse battery"  # noqa: S105 only for tests
PATIENCE = 60_000
"""Milliseconds that a browser waits: machines that run tests may be busy."""
expect.set_options(timeout=PATIENCE)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Hashing takes its time: once is enough."""
    return signing.hash_password(PASSWORD)


@pytest.fixture(scope="session")
def service(password_hash: str) -> MemoryService:
    """The Danish network; tests that change it make their own."""
    with as_file(files("graphsvc.data.denmark") / "projects-2007-2013.csv") as path:
        made = MemoryService.of_file(path, "denmark")
    made.add_accounts(password_hash)
    whole = made.snapshot()  # what the service does before it prints its address
    made.measure(whole)
    made.layout(whole)
    made.ranked()
    return made


@pytest.fixture
def empty_service(password_hash: str) -> MemoryService:
    """Nothing but accounts."""
    made = MemoryService(Network())
    made.add_accounts(password_hash)
    return made


@pytest.fixture(scope="session")
def app(service: MemoryService) -> Any:
    """The application."""
    made = create_app(service, limits=False)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def signed_in(app: Any, role: str) -> FlaskClient:
    """A client of someone with a role."""
    client: FlaskClient = app.test_client()
    answer = client.post("/sign-in", data={"email": f"{role}@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.fixture(scope="session")
def admin(app: Any) -> FlaskClient:
    """Signed in as administrator."""
    return signed_in(app, "admin")


def hits(page: Page, field: str, words: str) -> None:
    """Write words into a field (id) and wait for what is found for them: not for what began with some of them."""
    page.locator(f"[id='{field}']").press_sequentially(words)
    page.wait_for_selector(f"[id='{field}-hits'][data-of='{words}'] li")


@contextmanager
def told(page: Page, *events: str) -> Iterator[None]:
    """Wait until the picture has told all these events since."""
    page.evaluate(
        "(events) => { const told = (what) => new Promise((done) => document.querySelector('.canvas')"
        ".addEventListener(what, done, { once: true })); window.told = Promise.all(events.map(told)); }",
        list(events),
    )
    yield
    page.evaluate("() => window.told.then(() => true)")


@contextmanager
def served(service: Any) -> Iterator[str]:
    """Address of a running server, with every protection on."""
    with (
        closing(serving.listen(serving.LOOPBACK, 0)) as listener,
        serving.running(create_app(service, limits=False), listener),
    ):
        yield f"http://{serving.LOOPBACK}:{listener.getsockname()[1]}"


@contextmanager
def window_of(browser: Browser, service: Service, account: Account) -> Iterator[Page]:
    """A page of a new account, signed in by a one-time address."""
    service.accounts.add(account)
    token = signing.one_time_token(service.accounts, account)
    with served(service) as address:
        context = browser.new_context(base_url=address)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"/sign-in/{token}")
        yield page
        context.close()


@pytest.fixture(scope="session")
def address(service: MemoryService) -> Iterator[str]:
    """The Danish partnerships, served."""
    with served(service) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system, else Playwright's own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def cookies(browser: Browser, address: str) -> Any:
    """The session of an administrator who signed in through the form."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#email", "admin@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    kept = context.cookies()
    context.close()
    return kept


@pytest.fixture
def context(browser: Browser, address: str, cookies: Any) -> Iterator[BrowserContext]:
    """A browser window of the administrator, in which pictures move at once to where they go: what is looked at on the
    way would hang on the machine's speed."""
    made = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made.add_cookies(cookies)
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong in scripts, and nothing may break the Content-Security-Policy."""
    made, wrong = context.new_page(), []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
    )
    yield made
    assert not wrong
