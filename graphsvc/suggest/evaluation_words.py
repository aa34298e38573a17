"""What people read for the measures, methods and parts of an evaluation, by their names in printed results."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc.i18n import Message, msg, nmsg

MEASURES: Mapping[str, Message] = {
    "hit_at_10": msg("A later partner is among the first 10"),
    "precision_at_10": msg("Share of the first 10 who are later partners"),
    "mrr": msg("One divided by the place of the first later partner"),
    "auc": msg("A later partner stands above another organisation (AUC)"),
    "map": msg("Average precision"),
    "global_auc": msg("AUC over all pairs together"),
    "global_ap": msg("Average precision over all pairs together"),
}
METHODS: Mapping[str, Message] = {
    "model": msg("The service's model"),
    "random": msg("Chance"),
    "common_neighbors": msg("Common partners"),
    "jaccard": msg("Jaccard: share of partners in common"),
    "adamic_adar": msg("Adamic–Adar"),
    "resource_allocation": msg("Resource allocation"),
    "preferential_attachment": msg("Preferential attachment"),
    "l3": msg("L3: paths of three steps"),
    "katz": msg("Katz: paths of any length"),
    "same_territory_activity": msg("By hand: same territory × activity"),
    "recent_activity_in_my_regions": msg("By hand: recent activity in the regions of the one who asks"),
    "region_kind_recency": msg("By hand: region × kind of organisation × recency"),
}
PARTS: Mapping[str, Message] = {
    "all": msg("All organisations that gain a partner"),
    "without_largest": msg("Without the partnership that brings most pairs"),
    "one_partnership": msg("Organisations with one partnership so far"),
    "never_seen": msg("Organisations without a partnership so far"),
}


def drawn(asked: int, gaining: int) -> Message | None:
    """Said where not all organisations that gain a partner were ``asked``."""
    if asked >= gaining:
        return None
    return msg(
        "Of the %(gaining)s organisations that gain a partner %(asked)s were drawn at random and asked.",
        gaining=gaining,
        asked=asked,
    )


def newcomers_only(asked: int, split: str) -> Message | None:
    """Said where no two organisations known by the day ``split`` (ISO 8601) met later, so that none was ``asked``."""
    if asked:
        return None
    return msg(
        "No two organisations known by %(day)s first work together later: the figures speak only of organisations that "
        "appeared from then on and joined known ones.",
        day=split,
    )


def too_early(days: int, after: int) -> Message | None:
    """Said where likelihoods speak of more ``days`` than there are ``after`` the split until the last partnership
    began: how far records reach beyond it isn't known."""
    if after >= days:
        return None
    return nmsg(
        "Likelihoods speak of %(days)s days; the last partnership on record began within %(n)s day of the split. If "
        "later ones are yet to be written down, fewer could come true than were expected.",
        "Likelihoods speak of %(days)s days; the last partnership on record began within %(n)s days of the split. If "
        "later ones are yet to be written down, fewer could come true than were expected.",
        after,
        days=days,
    )
