"""Asking the network itself: personal links, answers kept while they are written, reviewed before they count.

A personal link holds a secret of which only the SHA-256 is kept; a reminder therefore carries a new link, and the
earlier one stops working.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from graphsvc.errors import ConflictError, NotFoundError, Place, RecordError
from graphsvc.i18n import msg
from graphsvc.model.organisations import Need, Offer, Organisation
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.model.validation import build
from graphsvc.model.vocabulary import Vocabulary, default
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.records import Records

CORRECTABLE = ("name", "short_name", "street", "postcode", "town", "website", "email", "description")
"""Fields of its entry that an organisation can correct itself."""
ANSWERED = ("consented_at", "entry_confirmed", "corrections", "ties", "unlisted", "needs", "offers", "language")
"""Fields of an answer that come from who answers."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An answer that is waited for, and the secret of its personal link: shown once, never kept."""

    answer: SurveyAnswer
    secret: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a personal link opens."""

    answer: SurveyAnswer
    round: SurveyRound
    organisation: Organisation


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Surveys:
    """Every method raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store, vocabulary: Callable[[], Vocabulary] = default) -> None:
        self._records = Records(store, vocabulary)
        self._animation = Animation(store)
        self._vocabulary = vocabulary

    def invite(self, round: str, organisations: Sequence[str], by: str, day: date) -> list[Invitation]:
        """Invite organisations (ids) that were not yet invited in this round.

        Raises ConflictError unless the round is open.
        """
        self._check_open(round)
        found = self._records.get_many(self.uninvited(round, organisations))
        invited = [self._invitation(round, s.record, day) for s in found.values() if isinstance(s.record, Organisation)]
        self._records.save_many([i.answer for i in invited], by)
        return invited

    def uninvited(self, round: str, organisations: Sequence[str]) -> list[str]:
        """Those of the organisations (ids) that were not yet invited in a round, each once."""
        had = {row["organisation"] for row in self._animation.survey_answers(round)}
        return [i for i in dict.fromkeys(organisations) if i not in had]

    def _check_open(self, round: str) -> None:
        """Raises ConflictError where links of a round would lead nowhere."""
        asked = self._records.typed(round, SurveyRound)
        if asked.state != "open":
            raise ConflictError(
                msg("The round “%(name)s” is not open.", name=asked.name), hint=msg("Open it, then invite.")
            )
        if asked.over(date.today()):
            raise ConflictError(
                msg("The last day of the round “%(name)s” has passed.", name=asked.name),
                hint=msg("Give it a later one, then invite."),
            )

    def _invitation(self, round: str, one: Organisation, day: date) -> Invitation:
        secret = secrets.token_hex(16)
        answer = SurveyAnswer(
            round=round, organisation=one.id, email=one.email, token_hash=hashed(secret), invited_on=day
        )
        return Invitation(answer, secret)

    def remind(self, answer: str, by: str, day: date) -> Invitation:
        """A new link for an answer that is still waited for; counts as a reminder."""
        known = self._records.typed(answer, SurveyAnswer)
        self._check_open(known.round)
        secret = secrets.token_hex(16)
        new = {"token_hash": hashed(secret), "reminded": known.reminded + 1, "reminded_on": day}
        return Invitation(self._records.save(known.model_copy(update=new), by), secret)

    def open(self, secret: str) -> Opened:
        """What a personal link opens. Raises NotFoundError when it is wrong, replaced, or its round is closed or over,
        and ConflictError when the answer was reviewed already."""
        row = self._animation.survey_of_token(hashed(secret), date.today())
        if row is None:
            raise NotFoundError(
                msg("This link does not open a survey (any more)."), hint=msg("Use the link of the newest e-mail.")
            )
        answer = self._records.typed(row["id"], SurveyAnswer)
        if answer.state in ("accepted", "rejected"):
            raise ConflictError(msg("This answer was reviewed already."), hint=msg("Write to the centre to change it."))
        return Opened(
            answer,
            self._records.typed(row["round"], SurveyRound),
            self._records.typed(row["organisation"], Organisation),
        )

    def keep(self, secret: str, typed: Mapping[str, Any], *, send: bool = False) -> SurveyAnswer:
        """Keep what is typed so far, or send it; one that was sent is sent no longer once the consent is taken back.

        Raises what ``open`` does, and RecordError, with ``problems``, for what can't be taken, and when it is sent
        without consent.
        """
        opened = self.open(secret)
        given = {k: v for k, v in typed.items() if k in ANSWERED}
        state = "sent" if send or (opened.answer.state == "sent" and given.get("consented_at")) else "begun"
        more = {"state": state, "sent_at": datetime.now(UTC)} if send else {"state": state}
        answer = build(SurveyAnswer, {**opened.answer.model_dump(), **given, **more}, self._vocabulary())
        if send and answer.consented_at is None:
            raise RecordError(
                msg("Without consent the answer can't be sent."),
                place=Place(field="consented_at"),
                hint=msg("Read the text and tick the box."),
            )
        _corrected(opened.organisation, answer, self._vocabulary())
        return self._records.save(answer, opened.organisation.name)

    def accept(self, answer: str, by: str, day: date, note: str = "") -> Organisation:
        """Take an answer into the graph: corrections, needs and offers go to the organisation, confirmed by it.

        Its ties count as named from then on (``Animation.survey_ties`` with the state ``accepted``).
        """
        known = self._to_review(answer)
        on = known.sent_at.astimezone().date() if known.sent_at else day
        one = self._records.typed(known.organisation, Organisation)
        fixed = _corrected(one, known, self._vocabulary())
        update = {
            "needs": (*fixed.needs, *_new(fixed.needs, known.needs, on)),
            "offers": (*fixed.offers, *_new(fixed.offers, known.offers, on)),
            "confirmed_on": max(on, fixed.confirmed_on or on),
            "confirmed_by": self._records.typed(known.round, SurveyRound).name,
        }
        done = _reviewed(known, "accepted", by, day, note)
        saved = self._records.save_many([fixed.model_copy(update=update), done], by)[0]
        assert isinstance(saved, Organisation)  # noqa: S101 save_many gives back what it was given
        return saved

    def reject(self, answer: str, by: str, day: date, note: str) -> SurveyAnswer:
        """Leave an answer out; nothing of it enters the graph."""
        return self._records.save(_reviewed(self._to_review(answer), "rejected", by, day, note), by)

    def _to_review(self, answer: str) -> SurveyAnswer:
        known = self._records.typed(answer, SurveyAnswer)
        if known.state != "sent":
            raise ConflictError(
                msg("There is nothing to review: the answer was not sent, or was reviewed already."),
                hint=msg("Look at the list of answers again."),
            )
        return known


def _reviewed(answer: SurveyAnswer, state: str, by: str, day: date, note: str) -> SurveyAnswer:
    update = {"state": state, "reviewed_by": by, "reviewed_on": day, "review_note": note}
    return answer.model_copy(update=update)


def _new(had: Sequence[Need | Offer], said: Sequence[Need | Offer], day: date) -> list[Need | Offer]:
    """What the answer says that the organisation's entry does not have open yet."""
    known = {part.code for part in had if not _over(part, day)}
    return [part.model_copy(update={"since": part.since or day}) for part in said if part.code not in known]


def _over(part: Need | Offer, on: date) -> bool:
    """Whether a need was met by a day, or the last day of an offer lies before it."""
    if isinstance(part, Need):
        return part.met_on is not None and part.met_on <= on
    return part.until is not None and part.until < on


def _corrected(one: Organisation, answer: SurveyAnswer, vocabulary: Vocabulary) -> Organisation:
    """The organisation with the answer's corrections. Raises RecordError for fields that can't be corrected so."""
    fixes = answer.corrected()
    for field in fixes:
        if field not in CORRECTABLE:
            raise RecordError(
                msg("This field can't be corrected here."), place=Place(field=field), hint=msg("Write to the centre.")
            )
    return build(Organisation, {**one.model_dump(), **fixes}, vocabulary) if fixes else one
