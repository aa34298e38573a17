"""Sending e-mail: one plain-text message at a time through the configured server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from graphsvc.config import Settings
from graphsvc.errors import GraphsvcError, Place
from graphsvc.i18n import msg

SECONDS = 20


class MailError(GraphsvcError):
    """The mail server can't be reached or refuses the message."""


class Mail:
    """The configured mail server. Addresses and texts are never logged."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def ready(self) -> bool:
        """Whether a server is configured."""
        return self._settings.smtp_host is not None

    @property
    def sender(self) -> str:
        """The address that messages come from, and that people may write to."""
        return self._settings.smtp_from

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one message. Line breaks in ``to`` and ``subject`` are refused (header injection).

        Raises MailError saying what to check.
        """
        try:
            message = self._message(to, subject, text)
            with self._connection() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as exc:
            raise MailError(
                msg("The e-mail could not be sent (%(why)s).", why=type(exc).__name__),
                place=Place(field="GRAPHSVC_SMTP_HOST"),
                hint=msg("Check the mail server's settings and the address; the link can be sent by hand."),
            ) from exc

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._settings.smtp_from, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="graphsvc")
        message.set_content(text)
        return message

    def _connection(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        host, port = settings.smtp_host or "", settings.smtp_port
        server: smtplib.SMTP
        if settings.smtp_security == "tls":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_username and settings.smtp_password:
            server.login(settings.smtp_username, settings.smtp_password.get_secret_value())
        return server
