"""Who runs the service: the form of an administrator, and the statement that tells everyone."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import signed_in

SAID = {
    "name": "Stowarzyszenie Wsparcie",
    "website": "https://wsparcie.example",
    "person": "Anna Nowak",
    "email": "dostepnosc@wsparcie.example",
    "phone": "76 000 00 00",
    "building": "Wejście od podwórza, bez progu.\nPies asystujący może wejść.",
    "published": "2026-01-05",
    "drawn_up": "2026-11-20",
}


def test_the_statement_says_who_runs_the_service(app: Any, admin: Any) -> None:
    visitor = app.test_client()
    assert "Uzupełnij" in admin.get("/accessibility").text
    empty = visitor.get("/accessibility").text
    assert "Uzupełnij" not in empty
    assert "Brakuje tu jeszcze tego, co wie tylko podmiot prowadzący serwis" in empty
    assert "<li>Telefon</li>" in empty
    assert admin.post("/settings/operator", data=SAID).status_code == 302
    told = visitor.get("/accessibility").text
    for words in ("Stowarzyszenie Wsparcie", "Anna Nowak", "mailto:dostepnosc@wsparcie.example", "tel:760000000",
                  "Pies asystujący", "5 stycznia 2026", "20 listopada 2026"):  # fmt: skip
        assert words in told
    assert "Uzupełnij" not in admin.get("/accessibility").text
    assert "Brakuje tu jeszcze" not in told
    admin.post("/settings/operator", data={**SAID, "phone": ""})
    assert "Uzupełnij" in admin.get("/accessibility").text
    admin.post("/settings/operator/back")
    assert "tel:760000000" in visitor.get("/accessibility").text


def test_what_cannot_be_so_is_refused_and_stays_in_the_form(admin: Any) -> None:
    for field, wrong in (("email", "nobody"), ("website", "javascript:alert(1)"), ("published", "yesterday")):
        answer = admin.post("/settings/operator", data={**SAID, field: wrong})
        assert answer.status_code == 400
        assert f'value="{wrong}"' in answer.text
        assert "Anna Nowak" in answer.text


def test_only_an_administrator_says_it(app: Any) -> None:
    assert signed_in(app, "coordinator").get("/settings/operator").status_code == 403
    assert signed_in(app, "coordinator").post("/settings/operator", data=SAID).status_code == 403
