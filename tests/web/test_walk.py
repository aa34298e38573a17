"""Each form and task of animation walked in the browser as an animator would, over a real Neo4j."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page

from graphsvc.config import Settings
from graphsvc.model.accounts import Account
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc.model.vocabulary import scheme
from graphsvc.service import Service
from graphsvc.store.driver import Store
from tests.conftest import EMPTY
from tests.web.conftest import hits, window_of
from tests.web.test_accessibility import violations

TODAY = date.today()


@pytest.fixture(scope="module")
def service(shared_store: Store, neo4j_server: Settings) -> Iterator[Service]:
    """A region of four organisations and one partnership that ends soon."""
    with shared_store.session() as session:
        session.run(EMPTY).consume()
    made = Service(shared_store, neo4j_server)
    records = made.records
    names = (("Spółdzielnia Żuraw", "social_economy"), ("Gmina Lubin", "local_government"))
    pes, gmina = (records.save(Organisation(name=n, sector=s, territory="021101"), "test") for n, s in names)
    records.save(Organisation(name="Firma Kruk", sector="business", territory="026201"), "test")
    need = Need(code=next(iter(_area_codes())), level=3, since=TODAY - timedelta(days=30))
    records.save(Organisation(name="Stowarzyszenie Bocian", sector="ngo", territory="021102"), "test")
    lubin = records.typed(poland().by_code["021101"].id, Territory)
    records.save(lubin.model_copy(update={"needs": (need,)}), "test")
    members = (Member(id=pes.id), Member(id=gmina.id))
    ends = TODAY + timedelta(days=20)
    records.save(
        Partnership(name="Razem dla Lubina", starts_on=date(2024, 1, 1), ends_on=ends, members=members), "test"
    )
    yield made
    made.close()


def _area_codes() -> list[str]:
    return [c.code for c in scheme("service_area")]


@pytest.fixture(scope="module")
def window(service: Service, browser: Browser) -> Iterator[Page]:
    """The animator, signed in by a one-time address."""
    with window_of(browser, service, Account("walker", "anna@example.org", "Anna", "animator")) as page:
        yield page


def follow(page: Page, part: str, link: str) -> None:
    """From the page of all work to one part of it."""
    page.goto("/work")
    tile = page.locator(".tile", has=page.locator("h3", has_text=part)).first
    tile.get_by_role("link", name=link, exact=True).click()


def add(page: Page, **values: str) -> None:
    """Add a record in the list at hand; a value that begins with ``>`` is chosen from the hits for it."""
    page.locator("h1 ~ a.button, .row a.button").first.click()
    page.wait_for_selector("form.record")
    for name, value in values.items():
        field = page.locator(f"[id='{name}']")
        if value.startswith(">"):
            if not field.count():
                page.locator(f"button[name=add][value='{name.split('-')[0]}']").click()
                field = page.locator(f"[id='{name}']")
                assert field.evaluate("f => f === document.activeElement")
            hits(page, name, value[1:])
            field.press("ArrowDown")
            field.press("Enter")
        elif field.evaluate("f => f.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.fill(value)
    page.locator("form.record .bar button").first.click()
    page.wait_for_selector(".notice[data-saved]")


def exported(page: Page, label: str) -> str:
    """The export of a type as CSV."""
    return page.request.get(f"/records/{label}/export.csv").text()


def checked(page: Page) -> str:
    """What the page says; it has no accessibility violation."""
    page.wait_for_load_state()
    assert violations(page) == []
    return page.inner_text("main")


def test_form_a(window: Page) -> None:
    """A meeting with who came, and who was met so far."""
    follow(window, "Spotkania animacyjne", "Spotkania")
    add(window, name="Spotkanie sąsiedzkie", held_on=str(TODAY), territory=">lubin", **{"attended-1": ">zuraw"})
    assert "Spółdzielnia Żuraw" in checked(window)
    assert "Spotkanie sąsiedzkie" in exported(window, "Meeting")
    window.goto("/search?q=sasiedzk")
    window.click("text=Spotkanie sąsiedzkie")
    assert "/records/Meeting/" in window.url
    follow(window, "Spotkania animacyjne", "Z kim się spotkano")
    assert "powiat lubiński" in checked(window)


def test_form_b(window: Page) -> None:
    """A diagnosis of a gmina, and the white spots."""
    follow(window, "Diagnoza środowiska lokalnego", "Diagnozy")
    add(window, name="Diagnoza gminy Lubin", made_on=str(TODAY), territory=">lubin")
    assert "Diagnoza gminy Lubin" in checked(window)
    assert "Diagnoza gminy Lubin" in exported(window, "Diagnosis")
    follow(window, "Diagnoza środowiska lokalnego", "Białe plamy")
    assert "Lubin" in checked(window)


def test_form_c(window: Page) -> None:
    """A partnership with two members and its rules; what is to be renewed."""
    follow(window, "Budowanie partnerstw", "Partnerstwa")
    add(
        window,
        name="Partnerstwo na rzecz seniorów",
        starts_on="2026-01-15",
        rules="Decyzje zapadają wspólnie.",
        **{"members-0-id": ">zuraw", "members-1-id": ">kruk"},
    )
    text = checked(window)
    assert "Decyzje zapadają wspólnie." in text
    assert "Partnerstwo na rzecz seniorów" in exported(window, "Partnership")
    follow(window, "Budowanie partnerstw", "Wkrótce do odnowienia")
    assert "Razem dla Lubina" in checked(window)


def test_form_d(window: Page) -> None:
    """A consultation in a gmina and a comment in it."""
    follow(window, "Dialog obywatelski", "Konsultacje")
    add(window, name="Konsultacje strategii", starts_on=str(TODAY))
    follow(window, "Dialog obywatelski", "Uwagi")
    add(window, consultation=">strategii", text="Więcej miejsc w klubie seniora")
    assert "Konsultacje strategii" in checked(window)
    assert "Więcej miejsc" in exported(window, "Comment")
    follow(window, "Dialog obywatelski", "Ostatni rok")
    assert "Konsultacje strategii" in checked(window)


def test_form_e(window: Page) -> None:
    """What is needed, the gap, and who could fill it."""
    follow(window, "Zapotrzebowanie na usługi społeczne", "Potrzeby i oferty")
    assert "Lubin" in checked(window)
    window.locator("table tbody th a").first.click()
    assert "Kto może pomóc" in checked(window)


def test_form_f(window: Page) -> None:
    """A strategic document with its validity, and what expires."""
    follow(window, "Planowanie strategiczne z samorządem", "Dokumenty")
    add(window, name="Strategia rozwoju gminy Lubin", kind="SRG", valid_to=str(TODAY + timedelta(days=90)))
    assert "Strategia rozwoju gminy Lubin" in checked(window)
    assert "Strategia rozwoju gminy Lubin" in exported(window, "StrategyDocument")
    follow(window, "Planowanie strategiczne z samorządem", "Wygasające dokumenty")
    checked(window)


def test_task_a(window: Page) -> None:
    """Potential: an offer in an organisation's entry stands among needs and offers."""
    follow(window, "Diagnozowanie potencjału", "Diagnozy")
    add(window, name="Diagnoza potencjału", made_on=str(TODAY), organisation=">zuraw")
    assert "Diagnoza potencjału" in checked(window)


def test_task_b(window: Page) -> None:
    """Whom to bring together, and planning the meeting."""
    follow(window, "Inicjowanie spotkań i działań", "Kogo połączyć")
    checked(window)
    follow(window, "Inicjowanie spotkań i działań", "Zaplanuj spotkanie")
    window.fill("#name", "Warsztat partnerstwa")
    window.fill("#held_on", str(TODAY + timedelta(days=14)))
    window.locator("form.record .bar button").first.click()
    window.wait_for_selector(".notice[data-saved]")
    assert "Warsztat partnerstwa" in checked(window)


def test_task_c(window: Page) -> None:
    """An initiative group and its way to a registered entity."""
    follow(window, "Pomoc w tworzeniu grup i inicjatyw", "Grupy inicjatywne")
    add(window, name="Grupa ogrodników", status="G1")
    follow(window, "Pomoc w tworzeniu grup i inicjatyw", "W drodze do rejestracji")
    assert "Grupa ogrodników" in checked(window)
    assert "Grupa ogrodników" in exported(window, "Initiative")


def test_task_d(window: Page) -> None:
    """A conversation between two organisations about a partnership."""
    follow(window, "Tworzenie i rozwój partnerstw", "Rozmowy")
    add(window, status="ZAP", **{"pair-1": ">zuraw", "pair-2": ">kruk"})
    assert "Firma Kruk" in checked(window)


def test_task_e(window: Page) -> None:
    """A promotion tool of an entity, and who has none."""
    follow(window, "Promocja podmiotów ekonomii społecznej", "Narzędzia promocyjne")
    add(window, name="Folder Żurawia", organisation=">zuraw")
    assert "Folder Żurawia" in checked(window)
    assert "Folder Żurawia" in exported(window, "PromotionTool")
    follow(window, "Promocja podmiotów ekonomii społecznej", "Bez narzędzia")
    checked(window)


def test_task_f(window: Page) -> None:
    """A debate on social economy."""
    follow(window, "Debaty o ekonomii społecznej", "Debaty")
    add(window, name="Debata o spółdzielniach", held_on=str(TODAY), form="DEB", about_social_economy="tak")
    follow(window, "Debaty o ekonomii społecznej", "Debaty")
    assert "Debata o spółdzielniach" in checked(window)


def test_task_g(window: Page) -> None:
    """A contact that encourages, and of whom nothing was heard."""
    follow(window, "Motywowanie do aktywności", "Kontakty")
    add(window, organisation=">bocian", held_on=str(TODAY), kind="MOT")
    assert "Stowarzyszenie Bocian" in checked(window)
    follow(window, "Motywowanie do aktywności", "Dawno bez wieści")
    checked(window)
    window.locator("tbody tr").first.get_by_role("link", name="Zapisz kontakt").click()
    assert window.input_value("#organisation")


def test_task_h(window: Page) -> None:
    """A role of an entity in revitalisation."""
    follow(window, "Rewitalizacja", "Role w rewitalizacji")
    add(window, organisation=">zuraw", role="REA")
    assert "Spółdzielnia Żuraw" in checked(window)
    follow(window, "Rewitalizacja", "Bez ekonomii społecznej")
    checked(window)


def test_task_i(window: Page) -> None:
    """An offer of a business, an action, and who needs what is offered."""
    follow(window, "Biznes i CSR", "Oferty i zainteresowania")
    add(window, name="Sala na szkolenia", organisation=">kruk")
    follow(window, "Biznes i CSR", "Działania CSR")
    add(window, name="Wolontariat w ogrodzie", giver=">kruk", receiver=">zuraw")
    assert "Firma Kruk" in checked(window)
    assert "Wolontariat w ogrodzie" in exported(window, "CsrAction")
    follow(window, "Biznes i CSR", "Komu przyda się oferta")
    checked(window)


def test_task_j(window: Page) -> None:
    """A service that an entity delivers."""
    follow(window, "Planowanie i realizacja usług społecznych", "Realizowane usługi")
    add(window, service=_area_codes()[0], provider=">zuraw", deinstitutionalised="tak")
    assert "Spółdzielnia Żuraw" in checked(window)
    assert _area_codes()[0] in exported(window, "ServiceDelivery")


def test_what_is_due_and_the_indicators(window: Page) -> None:
    """The two pages over all of it."""
    for path in ("/work/due", "/work/indicators", "/work/stale", "/work"):
        window.goto(path)
        checked(window)


def test_on_a_phone_a_list_shows_its_first_rows(window: Page, service: Service) -> None:
    for number in range(13):
        service.records.save(Organisation(name=f"Koło {number}"), "test")
    rows = window.locator("table tbody tr")
    window.set_viewport_size({"width": 360, "height": 740})
    window.goto("/records/Organisation?q=koło")
    assert (rows.count(), rows.nth(7).is_visible(), rows.nth(8).is_visible()) == (13, True, False)
    window.get_by_role("button", name="Pokaż wszystkie wiersze (13)").click()
    assert rows.nth(12).is_visible()
    window.set_viewport_size({"width": 1280, "height": 900})


def test_what_was_typed_survives_a_lost_session(window: Page) -> None:
    """The form is filled, the session ends, one signs in again: the text is still there."""
    window.goto("/records/Meeting/new")
    window.fill("#name", "Nie zgub mnie")
    cookies = window.context.cookies()
    window.context.clear_cookies()
    window.locator("form.record .bar button").first.click()
    assert "Zaloguj się" in window.inner_text("main") or "Formularz" in window.inner_text("main")
    window.context.add_cookies(cookies)  # type: ignore[arg-type]
    window.goto("/records/Meeting/new")
    assert window.input_value("#name") == "Nie zgub mnie"
    window.evaluate("sessionStorage.clear()")
