"""The figures of a report, worded: the same on every page that shows them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from detector.messages import Language, say
from detector.model.match import Label, Match
from detector.model.report import Peers, Report
from detector.reporters.figures import whole_columns
from detector.reporters.places import place
from detector.reporters.wording import reason
from detector.text.visible import percent, visible


class Figure(NamedTuple):
    """A figure by the name of its messages, its value, and where it comes from."""

    name: str
    value: str
    detail: str


def figures(
    report: Report, language: Language, path: Callable[[str], str] = visible
) -> Iterator[Figure]:
    """Yield the figures that mean something, worded.

    Parameters
    ----------
    path : callable
        What is shown of a path.
    """
    if report.corpus is not None:
        yield from _against_corpus(report, language, path)
    if report.peers:
        yield _peers(report.peers, language)
    yield _share(report, Label.SELF_REPEAT, language)
    if longest := report.longest_match:
        value = say("R-value-characters", language, n=longest.alignment.equal)
        where = visible(place(report.draft, longest.draft.start, language))
        detail = say("R-detail-longest", language, id=visible(longest.id), place=where)
        yield Figure("longest", value, detail)
    value = say("R-value-facts", language, value=report.specificity)
    detail = say("R-detail-facts", language, n=len(report.facts))
    yield Figure("specificity", value, detail)


def match_facts(match: Match, language: Language) -> list[str]:
    """Return reason, kind, identity, credit and, if known, how many others hold it."""
    facts = [
        reason(match.reason, language),
        say(f"R-kind-{match.kind.value}", language),
        say("R-identity", language, percent=percent(match.identity)),
        say("R-credit", language, credit=match.credit),
    ]
    if match.organisations:
        facts.append(say("R-holders", language, count=match.organisations))
    return facts


def _against_corpus(
    report: Report, language: Language, short: Callable[[str], str]
) -> Iterator[Figure]:
    ledger = report.ledger
    free = ledger.counted - ledger.cited - ledger.set_phrase
    value = say("R-value-hundred", language, value=report.originality)
    detail = say("R-detail-originality", language, own=ledger.own, free=free)
    yield Figure("originality", value, detail)
    if report.adequacy is not None:
        value = say("R-value-adequacy", language, value=report.adequacy)
        value = value if round(report.adequacy, 1) else "0.0"
        yield Figure("adequacy", value, say("R-detail-adequacy", language))
    yield _share(report, Label.COPIED, language)
    yield _share(report, Label.BOILERPLATE, language)
    if carried := report.carry_over:
        path = short(carried.document.origin.path)
        same, changed = len(carried.unchanged), len(carried.changed)
        detail = say("R-detail-carried", language, path=path)
        if same + changed:
            detail += say(
                "R-detail-facts-carried", language, same=same, facts=same + changed
            )
        yield Figure("carried", f"{carried.share:.1%}", detail)
    if largest := report.largest_source:
        path = short(largest.document.origin.path)
        part = round(largest.share * ledger.counted)
        detail = say("R-detail-largest", language, part=part, path=path)
        yield Figure("largest", f"{largest.share:.1%}", detail)


def _peers(peers: Peers, language: Language) -> Figure:
    """Return how many reports of the genre there are, and where this one stands."""
    value = say("R-value-peers", language, n=peers.reports)
    if not peers.percentiles:
        return Figure("peers", value, say("R-detail-peers-few", language))
    told = (
        say(
            "R-percentile", language, figure=say(f"{name}.title", language), value=share
        )
        for name, share in peers.percentiles.items()
    )
    return Figure("peers", value, say("R-detail-peers", language) + " · ".join(told))


def _share(report: Report, label: Label, language: Language) -> Figure:
    part = whole_columns(report.ledger)[label]
    counted = report.ledger.counted
    detail = say("R-detail-share", language, part=part, counted=counted)
    return Figure(label.value, f"{report.ledger.share(label):.1%}", detail)
