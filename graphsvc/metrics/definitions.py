"""What each measure is called, what it tells, and where its formula comes from."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.i18n import Message, msg


@dataclass(frozen=True, slots=True)
class Measure:
    """``title`` and ``explanation`` are for people; ``source`` names formula and range for analysts; ``whole``: always
    a whole number."""

    name: str
    title: Message
    explanation: Message
    source: Message
    whole: bool = False


ORGANISATION_MEASURES: tuple[Measure, ...] = (
    Measure(
        "partnerships",
        msg("Partnerships"),
        msg("In how many partnerships the organisation takes part."),
        msg("count, 0 and up"),
        whole=True,
    ),
    Measure(
        "partners",
        msg("Partners"),
        msg("With how many different organisations it works together."),
        msg("degree, 0 and up"),
        whole=True,
    ),
    Measure(
        "weighted_degree",
        msg("Strength of ties"),
        msg("How much it works with others; weighted, a small partnership ties more closely than a large one."),
        msg(
            "sum over ties of their weight: each partnership of k members adds 1/(k-1) to a tie (Newman 2001); with "
            "the projection count 1; unweighted every tie is 1"
        ),
    ),
    Measure(
        "betweenness",
        msg("Go-between"),
        msg("How often the shortest way between two other organisations leads through this one."),
        msg(
            "betweenness, 0 to 1 (Freeman 1977; Brandes 2001); in large networks estimated from sampled sources (the "
            "provenance says so)"
        ),
    ),
    Measure(
        "closeness",
        msg("Closeness"),
        msg("In how few steps it reaches the others."),
        msg("closeness with the Wasserman-Faust correction for parts, 0 to 1"),
    ),
    Measure(
        "pagerank",
        msg("Standing"),
        msg("How well it is placed among organisations that are well placed themselves."),
        msg("PageRank, damping 0.85, weighted; sums to 1 (Page et al. 1999)"),
    ),
    Measure(
        "clustering",
        msg("Tightness of its circle"),
        msg("How many of its partners also work with each other."),
        msg("local clustering coefficient, 0 to 1 (Watts & Strogatz 1998)"),
    ),
    Measure(
        "core_number",
        msg("Depth in the core"),
        msg("How deep it sits in the dense middle of the network, where all have many partners."),
        msg("core number, 0 and up (Batagelj & Zaversnik 2003)"),
        whole=True,
    ),
    Measure(
        "community",
        msg("Community"),
        msg("Number of the group that works together more than with others; 1 is the largest."),
        msg("Leiden, modularity, weighted (Traag et al. 2019)"),
        whole=True,
    ),
    Measure(
        "constraint",
        msg("Dependence on one circle"),
        msg("How much its partners are all tied to each other; a low value means that it links separate circles."),
        msg("Burt's constraint, 0 and up (Burt 1992); empty without partners"),
    ),
    Measure(
        "participation",
        msg("Reach across sectors"),
        msg("How evenly its partners are spread over the sectors."),
        msg("participation coefficient, 0 to 1 (Guimera & Amaral 2005)"),
    ),
)

NETWORK_MEASURES: tuple[Measure, ...] = (
    Measure(
        "organisations", msg("Organisations"), msg("How many organisations the network has."), msg("count"), whole=True
    ),
    Measure("all_partnerships", msg("Partnerships"), msg("How many partnerships they form."), msg("count"), whole=True),
    Measure("ties", msg("Ties"), msg("How many pairs of organisations work together."), msg("count"), whole=True),
    Measure(
        "density",
        msg("Density"),
        msg("What share of all possible pairs works together."),
        msg("ties / (n(n-1)/2), 0 to 1"),
    ),
    Measure(
        "components",
        msg("Separate parts"),
        msg("Into how many parts without any tie between them the network falls."),
        msg("connected components, organisations without partners included"),
        whole=True,
    ),
    Measure(
        "largest_component",
        msg("Largest part"),
        msg("What share of the organisations is in the largest connected part."),
        msg("0 to 1"),
    ),
    Measure(
        "isolated",
        msg("Without a partner"),
        msg("How many organisations have no partner among those counted."),
        msg("count of degree 0"),
        whole=True,
    ),
    Measure(
        "modularity",
        msg("Split into communities"),
        msg("How clearly the network falls into groups that keep to themselves."),
        msg("modularity of the communities found, weighted, -0.5 to 1 (Newman & Girvan 2004)"),
    ),
    Measure(
        "assortativity_sector",
        msg("Like with like, by sector"),
        msg("Whether organisations work with their own sector (towards 1) or with others (below 0)."),
        msg("attribute assortativity, -1 to 1 (Newman 2003), among organisations of which it is known"),
    ),
    Measure(
        "assortativity_territory",
        msg("Like with like, by territory"),
        msg("Whether organisations work within their own territory (towards 1) or across (below 0)."),
        msg("attribute assortativity, -1 to 1 (Newman 2003), among organisations of which it is known"),
    ),
    Measure(
        "ei_sector",
        msg("Ties across sectors"),
        msg("Whether more ties cross sectors (towards 1) or stay inside (towards −1)."),
        msg("E-I index, -1 to 1 (Krackhardt & Stern 1988), among organisations of which it is known"),
    ),
    Measure(
        "ei_territory",
        msg("Ties across territories"),
        msg("Whether more ties cross territories (towards 1) or stay inside (towards −1)."),
        msg("E-I index, -1 to 1 (Krackhardt & Stern 1988), among organisations of which it is known"),
    ),
)

MEASURES = ORGANISATION_MEASURES + NETWORK_MEASURES
BY_NAME = {m.name: m for m in MEASURES}
