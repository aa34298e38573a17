from datetime import date
from threading import Event

from graphsvc.model.network import Network, table
from graphsvc.service.aside import Aside
from graphsvc.service.learning import Learner


def network() -> Network:
    """Too little history for a model of its own."""
    return Network(
        organisations=table("organisations", [{"id": k, "name": k, "sector": "ngo"} for k in "ABCD"]),
        partnerships=table("partnerships", [{"id": "P", "starts_on": date(2020, 1, 1)}]),
        memberships=table("memberships", [{"organisation": o, "partnership": 0} for o in (0, 1)]),
    )


def test_a_page_does_not_wait_and_gets_the_prior_meanwhile(tmp_path):
    learner, go = Learner(tmp_path, Aside()), Event()

    def slow() -> Network:
        go.wait(5)
        return network()

    assert learner.model("v1", slow).prior
    go.set()
    assert learner.model("v1", slow, wait=True).prior  # four organisations teach nothing
    learner.close()


def test_what_was_learnt_is_read_by_the_next_start(tmp_path):
    first = Learner(tmp_path, Aside())
    first.model("v1", network, wait=True)
    first.close()

    def never() -> Network:
        raise AssertionError("learnt again")

    second = Learner(tmp_path, Aside())
    assert second.model("v1", never, wait=True).prior
    second.close()


def test_a_damaged_file_is_learnt_again(tmp_path):
    first = Learner(tmp_path, Aside())
    first.model("v1", network, wait=True)
    (kept,) = tmp_path.glob("*.model")
    kept.write_bytes(b"not a model")
    second = Learner(tmp_path, Aside())
    second.model("v1", network, wait=True)
    assert kept.read_bytes() != b"not a model"
