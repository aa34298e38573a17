"""What the parts of value and the presets are called, and one sentence on each."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc.i18n import Message, msg

PART_WORDS: Mapping[str, tuple[Message, Message]] = {
    "needs_met": (msg("Needs met"), msg("One offers what the other, or its gmina, needs.")),
    "white_spots": (msg("White spots covered"), msg("It meets a need that nobody in the gmina offers to meet.")),
    "joins_components": (msg("Separate parts joined"), msg("No path led from one to the other before.")),
    "efficiency": (
        msg("Shorter paths"),
        msg(
            "How much shorter the ways between all organisations become; "
            "the link of a list that shortens them most has the full mark."
        ),
    ),
    "reach": (
        msg("Reach"),
        msg("The more pairs of organisations come within two steps of each other, the higher; not their number."),
    ),
    "brokerage": (msg("Brokerage"), msg("The two know different people, so they can bring circles together.")),
    "diversity": (msg("Mix of sectors"), msg("Each of the two has few partners from the other's sector.")),
    "pes_business": (msg("Business for social economy"), msg("A social economy entity meets a business.")),
    "isolated_reached": (msg("Isolated reached"), msg("One of the two has few partners or none.")),
}
PRESET_WORDS: Mapping[str, tuple[Message, Message]] = {
    "quick_wins": (msg("Quick wins"), msg("The pairs most likely to get together.")),
    "balanced": (msg("Balanced"), msg("Likely pairs that also bring something.")),
    "bridge_divides": (msg("Bridge the divides"), msg("Pairs that join circles which do not touch.")),
    "reach_isolated": (msg("Reach the isolated"), msg("Organisations with few partners or none.")),
    "business_outreach": (msg("Business outreach"), msg("Social economy entities and businesses.")),
    "fill_service_gaps": (msg("Fill service gaps"), msg("Offers that meet what gminas and organisations need.")),
}
