"""What is typed is kept, areas are drawn, organisations split, lists set: in the browser, over a real Neo4j."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from graphsvc.errors import DatabaseError
from graphsvc.i18n import msg
from graphsvc.model.diagnosis import Diagnosis, Finding
from graphsvc.model.organisations import ContactPerson, Organisation
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.survey import SurveyAnswer, SurveyRound, SurveyTie
from graphsvc.model.territories import Territory
from graphsvc.service import Service
from tests.web.conftest import hits
from tests.web.test_accessibility import violations
from tests.web.test_walk import checked, service, window  # noqa: F401 fixtures


@pytest.fixture(autouse=True)
def fresh(window: Page) -> Iterator[None]:  # noqa: F811
    """No draft of another test."""
    yield
    window.evaluate("sessionStorage.clear()")


def save(page: Page) -> None:
    page.locator("form.record .bar button").first.click()


def id_of(service: Service, name: str) -> str:  # noqa: F811
    return service.records.search(name, "Organisation")[0].id


def test_what_was_chosen_for_an_import_comes_back_after_a_lost_session(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
) -> None:
    walker = service.accounts.by_id("walker")
    assert walker
    service.accounts.change(walker, role="coordinator")

    def lost(button: str) -> None:
        cookies = window.context.cookies()
        window.context.clear_cookies()
        window.get_by_role("button", name=button).click()
        link = window.get_by_role("link", name="Zaloguj się").first.get_attribute("href") or ""
        window.context.add_cookies(cookies)  # type: ignore[arg-type]
        window.goto(parse_qs(urlsplit(link).query)["next"][0])

    try:
        window.goto("/import")
        rows = b"Nazwa partnerstwa;Kto;Obszary\nA;Klub;dom\nA;Gmina Lubin;las\n"
        window.set_input_files("#file", {"name": "a.csv", "mimeType": "text/csv", "buffer": rows})
        window.select_option("#profile", "")
        window.get_by_role("button", name="Sprawdź plik").click()
        window.get_by_label("Co zawiera: Kto").select_option("members.column")
        lost("Sprawdź plik")
        expect(window.get_by_label("Co zawiera: Kto")).to_have_value("members.column")
        window.get_by_role("button", name="Sprawdź plik").click()
        window.get_by_role("link", name="Zmień znaczenie kolumn").click()
        expect(window.locator("[name=again]")).to_have_value("a")  # what was sent is no draft any more
        window.get_by_role("button", name="Sprawdź plik").click()
        window.get_by_label("Co znaczy: las").select_option("US13")
        lost("Zapamiętaj i sprawdź ponownie")
        expect(window.get_by_label("Co znaczy: las")).to_have_value("US13")
        window.get_by_role("button", name="Zapamiętaj i sprawdź ponownie").click()
        expect(window.get_by_label("Co znaczy: dom")).to_be_visible()
        expect(window.get_by_label("Co znaczy: las")).to_have_count(0)
    finally:
        service.accounts.change(walker, role=walker.role)


def test_rows_added_to_a_form_come_back_after_a_lost_session(window: Page, service: Service) -> None:  # noqa: F811
    window.goto("/records/Partnership/new")
    window.fill("#name", "Nie zgub wierszy")
    for number, name in enumerate(("zuraw", "kruk")):
        window.locator("button[name=add][value=members]").click()
        hits(window, f"members-{number}-id", name)
        window.keyboard.press("Enter")
    assert not window.get_by_role("button", name="Przywróć to, co było wpisane").count()
    cookies = window.context.cookies()
    window.context.clear_cookies()
    save(window)
    assert "next=" in (window.get_by_role("link", name="Zaloguj się").first.get_attribute("href") or "")
    window.context.add_cookies(cookies)  # type: ignore[arg-type]
    window.goto("/records/Partnership/new")
    window.get_by_role("button", name="Przywróć to, co było wpisane").click()
    assert window.input_value("#name") == "Nie zgub wierszy"
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    made = service.records.typed(window.url.rsplit("/", 1)[1], Partnership)
    assert {m.id for m in made.members} == {id_of(service, "Żuraw"), id_of(service, "Kruk")}


def test_what_was_typed_about_some_is_not_put_into_a_form_about_others(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
) -> None:
    def members() -> list[str]:
        return [field.input_value() for field in window.locator("[name$='.key']").all() if field.input_value()]

    zuraw, kruk, bocian = (id_of(service, name) for name in ("Żuraw", "Kruk", "Bocian"))
    window.goto(f"/records/Partnership/new?members={zuraw}&members={kruk}")
    window.fill("#name", "Pierwszy pomysł")
    window.goto(f"/records/Partnership/new?members={zuraw}&members={bocian}")
    assert members() == [zuraw, bocian]
    assert not window.input_value("#name")
    window.goto(f"/records/Partnership/new?next=/work&members={zuraw}&members={kruk}")
    assert members() == [zuraw, kruk]
    assert window.input_value("#name") == "Pierwszy pomysł"


def test_a_draft_lasts_until_its_own_form_is_saved(window: Page, service: Service) -> None:  # noqa: F811
    kruk = id_of(service, "Kruk")
    edit, new = f"/records/Organisation/{kruk}/edit", "/records/Partnership/new"
    window.goto(new)
    window.fill("#name", "Długi szkic")
    window.goto(edit)
    window.fill("#street", "Polna 1")
    mine = service.records.typed(kruk, Organisation)
    service.records.save(mine.model_copy(update={"street": "Leśna 2"}), "Ewa")
    window.goto(edit)
    assert window.input_value("#street") == "Polna 1"
    save(window)
    window.wait_for_load_state()
    assert "Leśna 2" in checked(window).partition("Ich wersja")[2]
    window.get_by_role("link", name="zacznij od ich wersji").click()
    window.wait_for_load_state()
    assert window.input_value("#street") == "Leśna 2"
    window.fill("#street", "Łąkowa 3")
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    window.goto(edit)
    assert not window.get_by_text("Przywrócono to, co było wpisane.").count()
    window.goto(new)
    assert window.input_value("#name") == "Długi szkic"


def test_what_was_typed_survives_an_error_of_the_server(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object) -> None:
        raise DatabaseError(msg("The database does not answer."))

    window.goto("/records/Meeting/new")
    window.fill("#name", "Nie zgub mnie w awarii")
    window.fill("#held_on", "2026-05-05")
    with monkeypatch.context() as broken:
        broken.setattr(service.records, "save_many", fail)
        save(window)
        window.wait_for_selector("text=503")
    window.goto("/records/Meeting/new")
    assert window.input_value("#name") == "Nie zgub mnie w awarii"
    save(window)
    window.wait_for_selector(".notice[data-saved]")


def test_an_area_is_drawn_by_pointer_and_by_keyboard(window: Page, service: Service) -> None:  # noqa: F811
    window.goto("/records/Territory/new?level=revitalisation&parent=021101")
    assert window.input_value("#parent") == "Lubin (gmina miejska, powiat lubiński)"
    window.fill("#name", "Śródmieście")
    picture = window.locator("[data-draw] svg")
    picture.locator(".gmina").wait_for()
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    for x, y in ((0.45, 0.4), (0.55, 0.4)):
        window.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    picture.focus()
    for key in (*["Shift+ArrowDown"] * 2, "Enter", *["ArrowLeft"] * 6, "Enter", "Enter", "Backspace"):
        window.keyboard.press(key)
    corners = window.input_value("#shape").splitlines()
    assert len(corners) == 4
    assert violations(window) == []
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    assert "powierzchni gminy" in checked(window)
    made = service.records.typed(window.url.rsplit("/", 1)[1], Territory)
    assert made.code == "021101:srodmiescie"
    assert made.shape.count("[") == 2 + 5
    assert "Śródmieście" in window.request.get("/map/drawn").text()
    window.goto("/records/RevitalisationRole/new")
    hits(window, "territory", "srodm")
    assert "Śródmieście" in window.inner_text("#territory-hits")


def test_an_area_of_several_parts_keeps_them_while_a_corner_is_dragged(window: Page, service: Service) -> None:  # noqa: F811
    rings = [[[x, 51.4], [y, 51.4], [y, 51.41], [x, 51.4]] for x, y in ((16.19, 16.2), (16.21, 16.22))]
    shape = json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})
    made = service.records.save(
        Territory(name="W dwóch kawałkach", level="revitalisation", parent="021101", shape=shape), "test"
    )
    window.goto(f"/records/Territory/{made.id}/edit")
    picture = window.locator("[data-draw] svg")
    picture.locator(".gmina").wait_for()
    assert picture.locator(".corner").count() == 6
    picture.scroll_into_view_if_needed()
    box = picture.locator("[data-corner='4']").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    window.mouse.move(x, y)
    window.mouse.down()
    window.mouse.move(x + 9, y + 5)
    window.mouse.up()
    first, second = json.loads(window.input_value("#shape"))["coordinates"]
    assert first == [rings[0]]
    assert [second[0][i] for i in (0, 2, 3)] == [rings[1][i] for i in (0, 2, 3)]
    assert second[0][1] != rings[1][1]
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    window.goto(f"/records/Territory/{made.id}/edit")
    picture.locator(".gmina").wait_for()
    for _ in range(3):
        window.locator("[data-draw-drop]").click()
    assert window.input_value("#shape").splitlines() == ["51.4 16.19", "51.4 16.2", "51.41 16.2"]


def test_an_area_that_crosses_itself_is_refused_at_its_field(window: Page) -> None:  # noqa: F811
    window.goto("/records/Territory/new?level=revitalisation&parent=021101")
    window.fill("#name", "Krzyżówka")
    window.fill("#shape", "51.4 16.2\n51.41 16.21\n51.4 16.21\n51.41 16.2")
    save(window)
    assert "przecina samą siebie" in window.inner_text("#shape-wrong")
    assert "51.41 16.21" in window.input_value("#shape")


def test_an_organisation_is_split_and_the_split_undone(window: Page, service: Service) -> None:  # noqa: F811
    one = id_of(service, "Bocian")
    ours = (Member(id=one), Member(id=id_of(service, "Kruk")))
    together = service.records.save(Partnership(name="Do podziału", members=ours), "test")
    window.goto(f"/organisations/{one}")
    window.get_by_role("link", name="Czy to dwie organizacje?").click()
    save(window)
    assert "wymagane" in window.inner_text("#name-wrong") or "potrzebne" in window.inner_text("#name-wrong")
    window.fill("#name", "Klub Bociana")
    window.get_by_label("Do podziału").check()
    checked(window)
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    new = window.url.rsplit("/", 1)[1]
    assert {m.id for m in service.records.typed(together.id, Partnership).members} == {new, id_of(service, "Kruk")}
    window.get_by_role("status").get_by_role("button", name="Cofnij").click()
    window.wait_for_selector("text=Cofnięto")
    assert one in {m.id for m in service.records.typed(together.id, Partnership).members}
    assert service.records.get(new).archived


def test_diagnoses_of_two_dates_are_compared_with_their_white_spots(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
) -> None:
    for year, level in ((2022, 1), (2025, 3)):
        found = (Finding(code="OPI", level=level),)
        service.records.save(
            Diagnosis(name=f"D {year}", made_on=date(year, 1, 1), territory="021104", findings=found), "test"
        )
    window.goto("/work/diagnosis-compare?subject=021104")
    text = checked(window)
    row = window.locator("tbody tr").first.inner_text()
    assert [word in row for word in ("niska", "wysoka", "wyżej")] == [True] * 3
    assert "polityka prorodzinna" in text.partition("Białe plamy")[2]


def test_rounds_of_asking_are_compared(window: Page, service: Service) -> None:  # noqa: F811
    first = service.records.save(SurveyRound(name="Runda 1", opens_on=date(2024, 1, 1)), "test")
    second = service.records.save(SurveyRound(name="Runda 2", opens_on=date(2025, 1, 1), previous=first.id), "test")
    zuraw, kruk, bocian = (id_of(service, n) for n in ("Żuraw", "Kruk", "Bocian"))
    ties = ((first, zuraw, (kruk, bocian)), (second, zuraw, (kruk,)), (second, kruk, (zuraw,)), (first, bocian, ()))
    for round, who, named in ties:
        said = tuple(SurveyTie(id=i, closeness="3") for i in named)
        service.records.save(SurveyAnswer(round=round.id, organisation=who, state="sent", ties=said), "test")
    window.goto(f"/surveys/{second.id}")
    window.get_by_role("link", name="Porównaj z wcześniejszą rundą").click()
    text = checked(window)
    assert "Nadal wskazywane (1)" in text
    assert "Już niewskazywane (1)" in text
    assert "obie strony" in text
    assert "uzgadniamy działania" in text


def test_a_list_of_codes_is_changed_in_the_settings_and_taken_back(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
) -> None:
    assert window.goto("/settings").status == 403  # type: ignore[union-attr]
    walker = service.accounts.by_id("walker")
    assert walker
    service.accounts.change(walker, role="admin")
    try:
        window.goto("/settings/meeting_form")
        window.fill("[name='pl:ANI']", "spotkanie przy kawie")
        window.fill("[name='code:new']", "SPACER")
        window.fill("[name='pl:new']", "spacer badawczy")
        window.fill("[name='en:new']", "walk")
        checked(window)
        window.get_by_role("button", name="Zapisz").click()
        window.wait_for_selector(".notice")
        window.goto("/records/Meeting/new")
        options = window.locator("#form option").all_inner_texts()
        assert {"spotkanie przy kawie", "spacer badawczy"} <= set(options)
        window.goto("/settings")
        checked(window)
        window.get_by_role("button", name="Cofnij ostatnią zmianę").click()
        window.goto("/records/Meeting/new")
        assert "spacer badawczy" not in window.locator("#form option").all_inner_texts()
    finally:
        service.accounts.change(walker, role=walker.role)


def test_what_a_colleague_saved_in_a_list_of_codes_is_not_overwritten_unseen(
    window: Page,  # noqa: F811
    service: Service,  # noqa: F811
) -> None:
    def keep() -> None:
        window.get_by_role("button", name="Zapisz").click()
        window.wait_for_load_state()

    def colleague(name: str) -> None:
        service.vocabularies.change("meeting_form", {"ANI": {"pl": name, "en": "animation"}}, "test")
        service.reword()

    walker = service.accounts.by_id("walker")
    assert walker
    service.accounts.change(walker, role="admin")
    try:
        window.goto("/settings/meeting_form")
        window.fill("[name='pl:ANI']", "moja nazwa")
        keep()
        colleague("nazwa koleżanki")
        window.goto("/settings/meeting_form")
        assert window.input_value("[name='pl:ANI']") == "nazwa koleżanki"
        window.fill("[name='pl:ANI']", "znów moja")
        colleague("znów jej")
        window.goto("/settings/meeting_form")
        assert window.input_value("[name='pl:ANI']") == "znów moja"
        keep()
        text = checked(window)
        assert "znów jej" in text.partition("Ich wersja")[2]
        assert service.vocabulary().label("meeting_form", "ANI", "pl") == "znów jej"
        window.get_by_role("link", name="zacznij od ich wersji").click()
        window.wait_for_load_state()
        assert window.input_value("[name='pl:ANI']") == "znów jej"
        window.fill("[name='pl:ANI']", "znów moja")
        keep()
        assert service.vocabulary().label("meeting_form", "ANI", "pl") == "znów moja"
    finally:
        service.accounts.change(walker, role=walker.role)


def test_a_new_name_of_a_sector_is_in_the_picture_at_once(window: Page, service: Service) -> None:  # noqa: F811
    def picture() -> str:
        return window.request.get("/api/picture?level=organisations").text()

    assert "biznes" in picture()
    service.vocabularies.change("organisation_sector", {"business": {"pl": "firmy", "en": "companies"}}, "test")
    service.reword()
    assert "firmy" in picture()
    assert "biznes" not in picture()
    service.vocabularies.back("test")
    service.reword()
    assert "firmy" not in picture()


def test_a_public_link_never_shows_contacts(window: Page, service: Service) -> None:  # noqa: F811
    kruk = service.records.typed(id_of(service, "Kruk"), Organisation)
    secret = {"email": "kruk@example.org", "website": "https://kruk.example", "street": "Tajna 7"}
    service.records.save(kruk.model_copy(update=secret), "test")
    service.records.save(ContactPerson(organisation=kruk.id, name="Osoba Tajna", phone="600700800"), "test")
    window.goto("/network?level=organisations")
    window.fill("#view-name", "Wszyscy")
    window.locator("#view-name").press("Enter")
    window.goto("/views")
    window.get_by_text("Udostępnij odnośnikiem").click()
    window.get_by_role("button", name="Utwórz odnośnik").click()
    link = window.inner_text("code.break >> nth=0")
    visitor = window.context.browser.new_context().new_page()  # type: ignore[union-attr]
    visitor.goto(link)
    visitor.wait_for_selector("canvas")
    assert "Firma Kruk" in visitor.inner_text("main")
    everything = visitor.content() + visitor.request.get(f"{link}/picture").text()
    for word in (*secret.values(), "Osoba Tajna", "600700800"):
        assert word not in everything
    assert violations(visitor) == []
    visitor.context.close()


def test_personal_data_are_erased_for_good(window: Page, service: Service) -> None:  # noqa: F811
    window.goto(f"/records/ContactPerson/new?organisation={id_of(service, 'Kruk')}")
    window.fill("#name", "Osoba Zmyślona")
    save(window)
    window.wait_for_selector(".notice[data-saved]")
    id = window.url.rsplit("/", 1)[1]
    window.get_by_label("Na zawsze").check()
    window.get_by_role("button", name="Usuń na zawsze").click()
    window.wait_for_load_state()
    assert id not in service.records.get_many([id])
    assert service.records.history(id) == []


@pytest.fixture
def held(window: Page) -> Iterator[list[Route]]:  # noqa: F811
    """The questions of a field with hits, which each test answers when it likes."""
    asked: list[Route] = []
    window.goto("/records/RevitalisationRole/new")
    window.route("**/api/**?q=*", lambda route: asked.append(route))
    window.focus("#territory")
    yield asked
    window.unroute("**/api/**?q=*")


def answer(window: Page, held: list[Route], text: str) -> None:  # noqa: F811
    """Hit for what was asked last: its very words."""
    while not any(parse_qs(urlsplit(one.request.url).query)["q"] == [text] for one in held):
        window.wait_for_timeout(20)
    held[-1].fulfill(json={"hits": [{"key": text, "name": f"{text}!", "url": "/"}]})


def test_enter_takes_no_hit_of_other_words(window: Page, held: list[Route]) -> None:  # noqa: F811
    window.keyboard.insert_text("Powiat")
    answer(window, held, "Powiat")
    expect(window.locator("#territory-hits li")).to_have_text("Powiat!")
    window.keyboard.press("Control+a")
    window.keyboard.insert_text("Fundacja")
    window.keyboard.press("Enter")
    assert window.input_value("#territory") == "Fundacja"
    answer(window, held, "Fundacja")
    expect(window.locator("#territory-hits li")).to_have_text("Fundacja!")
    window.keyboard.press("Enter")
    assert window.input_value("#territory") == "Fundacja!"


@pytest.mark.parametrize("key", ["Tab", "Escape"])
def test_a_late_answer_opens_no_list(window: Page, held: list[Route], key: str) -> None:  # noqa: F811
    window.keyboard.insert_text("gmina")
    while not held:
        window.wait_for_timeout(20)
    window.keyboard.press(key)
    with window.expect_response("**/api/**?q=gmina"):
        answer(window, held, "gmina")
    window.wait_for_timeout(100)
    assert window.is_hidden("#territory-hits")


UNDER_THE_BAR = """() => { const bar = document.querySelector('.bar'), one = document.activeElement;
  if (one === document.body) return null;
  const wrong = document.getElementById(one.getAttribute('aria-describedby'));
  const last = (wrong ?? one).getBoundingClientRect(), over = bar.getBoundingClientRect();
  const first = one.getBoundingClientRect();
  return !bar.contains(one) && first.top < over.bottom && last.bottom > over.top ? one.outerHTML : ''; }"""


@pytest.mark.parametrize("size", [(640, 450), (360, 640)])
def test_the_bar_of_a_form_never_hides_what_has_the_focus_nor_what_is_wrong_with_it(
    window: Page,  # noqa: F811
    size: tuple[int, int],
) -> None:
    window.set_viewport_size({"width": size[0], "height": size[1]})
    window.goto("/records/Organisation/new")
    window.fill("#nip", "12")
    save(window)
    window.wait_for_selector("#problems")
    window.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    for _ in range(90):
        window.keyboard.press("Tab")
        hidden = window.evaluate(UNDER_THE_BAR)
        if hidden is None:
            break
        assert not hidden
    assert window.locator("[aria-invalid=true]").count()
    window.set_viewport_size({"width": 1280, "height": 900})
