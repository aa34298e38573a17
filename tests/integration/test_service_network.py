"""The service reads an unchanged database once, also after a restart, and sees every change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from graphsvc.config import Settings
from graphsvc.demo.region import region_records
from graphsvc.errors import ConflictError, InputError, NotFoundError
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.service import core
from graphsvc.service.core import Service
from graphsvc.snapshot import take
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.records import Records

NOW = ("organisations", "partnerships", "memberships", "outreach")


def equal(service: Service, store: Store) -> bool:
    """Whether the service's network, and its ties, are what the database holds."""
    fresh, ties = read_network(store), service.snapshot().graph
    made = take(fresh).graph
    same = all(getattr(service.network(), name).equals(getattr(fresh, name)) for name in NOW)
    return same and all(np.array_equal(getattr(ties, a), getattr(made, a)) for a in ("indptr", "indices", "weights"))


def test_read_once_and_again_after_every_kind_of_change(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records, settings = Records(store), Settings(data_dir=tmp_path)
    records.save_many(list(region_records()), by="demo")
    service = Service(store, settings)
    first = service.network()
    measured = service.measure(service.snapshot())

    reads: list[int] = []

    def counted(reader: Store) -> object:
        reads.append(1)
        return read_network(reader)

    monkeypatch.setattr(core, "read_network", counted)
    assert service.network() is first
    restarted = Service(store, settings)  # as another process, or after a restart
    assert all(getattr(restarted.network(), name).equals(getattr(first, name)) for name in NOW)
    assert reads == []

    a, b, c = first.organisations["id"].to_pylist()[:3]
    service.keep_outreach([Outreach(pair=(a, b), status="ZAP")], by="ala")
    assert service.network().outreach.num_rows == first.outreach.num_rows + 1
    assert service.measure(service.snapshot()) is measured  # what was said moves no measure

    records.save(records.typed(a, Organisation).model_copy(update={"name": "Nowa nazwa"}), by="ala")
    assert equal(service, store)
    assert service.measure(service.snapshot()) is measured  # nor does a name
    records.merge(a, b, by="ala")
    assert b not in service.network().organisations["id"].to_pylist()
    assert equal(service, store)
    records.undo(records.history(a)[0].id, by="ala")
    assert b in service.network().organisations["id"].to_pylist()
    records.delete(c, by="ala")
    assert c not in service.network().organisations["id"].to_pylist()
    records.take_out(c, by="ala")
    assert equal(service, store)
    store.driver.execute_query("MATCH (o:Organisation {id: $id}) SET o.name = 'Obok'", id=c)  # by somebody else
    assert "Obok" in service.network().organisations["name"].to_pylist()
    for one in (service, restarted):
        one.close()


def test_conversations_of_one_step_are_taken_back_together_and_nothing_else_is(store: Store, tmp_path: Path) -> None:
    """All or none: after one of them was changed, both stay. The entry of an organisation is no conversation's."""
    records = Records(store)
    records.save_many([Organisation(id=id, name=id) for id in "abc"], "ala")
    service = Service(store, Settings(data_dir=tmp_path))
    pairs = (("a", "b"), ("b", "c"))

    def talk() -> list[tuple[str, str]]:
        return list(service.keep_outreach([Outreach(pair=pair, status="ZAP") for pair in pairs], "ala"))

    (_, change), _ = talk()
    assert service.content().network.outreach.num_rows == 2
    service.proposals.undo(change, "ala")
    assert service.content().network.outreach.num_rows == 0
    (id, _), (_, change) = talk()
    records.save(records.typed(id, Outreach).model_copy(update={"note": "By phone."}), "jan")
    with pytest.raises(ConflictError):
        service.proposals.undo(change, "ala")
    assert service.content().network.outreach.num_rows == 2
    with pytest.raises(NotFoundError):
        service.proposals.undo(records.history("a")[0].id, "ala")
    assert records.get("a").record.id == "a"
    service.close()


def test_of_two_who_note_one_conversation_at_the_same_instant_one_is_told(store: Store, tmp_path: Path) -> None:
    records = Records(store)
    records.save_many([Organisation(id=id, name=id) for id in "abc"], "ala")
    records.save(Partnership(name="p", members=[Member(id=id) for id in "ab"]), "ala")
    service = Service(store, Settings(data_dir=tmp_path))
    service.proposals.engine.chance(*np.array([[0], [2]]))  # what takes long is made before

    def talk(by: str) -> bool:
        try:
            service.proposals.decide([("a", "c")], "ZAP", by=by)
        except InputError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        noted = list(threads.map(talk, ("ala", "jan", "ola", "ela")))
    assert noted.count(True) == service.content().network.outreach.num_rows == 1
    assert service.proposals.free([("c", "a"), ("gone", "a"), ("b", "c")]) == [("b", "c")]
    service.close()


def test_files_are_read_with_the_codes_that_the_centre_added(store: Store, tmp_path: Path) -> None:
    service = Service(store, Settings(data_dir=tmp_path))
    service.vocabularies.change("partner_role", {"MEN": {"pl": "mentor", "en": "mentor"}}, "ewa")
    file, profile = tmp_path / "a.csv", tmp_path / "roles.toml"
    file.write_text("Projekt,Partner,Rola\nSieć,A,mentor\nSieć,B,MEN\n", "utf-8")
    profile.write_text(
        'name = "roles"\n[partnership]\nname = "Projekt"\n[[members]]\ncolumn = "Partner"\nrole = "Rola"\n', "utf-8"
    )
    with service.plan(file, str(profile)) as plan:
        assert list(plan.refused) == []
        assert [m.role for p in plan.partnerships for m in p.members] == ["MEN", "MEN"]


def test_a_page_sees_one_network_however_often_it_is_changed_meanwhile(store: Store, tmp_path: Path) -> None:
    """Each change is read by another page, so that more states come between than are kept."""
    records = Records(store)
    made = [records.save(Organisation(name=name), by="test") for name in "ABCD"]
    service = Service(store, Settings(data_dir=tmp_path))
    with service.steady(), ThreadPoolExecutor(1) as another:
        first = service.snapshot()
        for one in made[1:]:
            records.delete(one.id, by="test")
            another.submit(service.snapshot).result()
        assert service.snapshot() is first
    assert service.snapshot().graph.rows == 1
    service.close()
