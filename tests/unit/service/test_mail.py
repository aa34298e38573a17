"""A real SMTP conversation with a catcher on a free loopback port."""

import socket

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from graphsvc.config import Settings
from graphsvc.service.mail import Mail, MailError


class Catcher:
    def __init__(self) -> None:
        self.caught: list[tuple[list[str], str]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 aiosmtpd calls it so
        self.caught.append((envelope.rcpt_tos, envelope.content.decode("utf-8")))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture
def catcher():
    handler = Catcher()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def settings(port: int) -> Settings:
    return Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", smtp_from="owes@example.org")


def test_a_message_arrives_with_its_link(catcher):
    Mail(settings(catcher.port)).send("ops@example.org", "Ankieta", "Zażółć: http://127.0.0.1/answer/x")
    ((to, content),) = catcher.caught
    assert to == ["ops@example.org"]
    assert "From: owes@example.org" in content
    assert "answer/x" in content


def test_a_line_break_in_the_address_is_refused(catcher):
    with pytest.raises(MailError):
        Mail(settings(catcher.port)).send("a@example.org\nBcc: all@example.org", "x", "y")
    assert catcher.caught == []


def test_a_server_that_does_not_answer_is_named(catcher):
    with pytest.raises(MailError, match="GRAPHSVC_SMTP_HOST"):
        Mail(settings(free_port())).send("a@example.org", "x", "y")


def test_without_a_host_nothing_is_sent_and_passwords_stay_hidden():
    plain = Settings(smtp_password=SecretStr("geheim"))
    assert not Mail(plain).ready
    assert "geheim" not in repr(plain)
