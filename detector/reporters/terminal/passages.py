"""Each passage with its twin: both places, how far they agree, and the differences."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from detector.model.differences import Piece, enclosed
from detector.model.match import Match
from detector.model.report import Report
from detector.reporters.grouping import grouped
from detector.reporters.places import place_in_file
from detector.reporters.stated import match_facts
from detector.reporters.terminal.lines import shorten, whole
from detector.reporters.terminal.look import GLYPHS, Look
from detector.text.visible import percent, visible

_MOST = 12
"""Passages on a page."""
_LINES = 6
"""About as many lines of text a passage may take."""
_PAIRS, _OTHERS = 6, 3
"""Substitutions and further sources that are named."""
_PAIR = 10
"""Characters of the longest wording named: what is longer is no exchange of names."""

_STYLES = {"equal": "", "delete": "red strike", "insert": "green underline"}


def passages(report: Report, look: Look) -> Iterator[Text]:
    """Yield passages in the order of the draft; of too many, those that tell most."""
    groups = grouped(report.matches)
    if not groups:
        yield from look.title(look.say("R-passages-none"))
        return
    yield from look.title(look.say("R-passages", count=len(groups)))
    if not look.colour and any(len(m.alignment.runs) > 1 for m in report.matches):
        yield from look.fit(Text(look.say("R-passages-legend"), "dim"), "  ")
    kept = _most_telling(report, groups)
    for group in kept:
        yield Text()
        yield from passage(group, look)
    if more := len(groups) - len(kept):
        said = look.say("R-passages-more", shown=len(kept), count=more)
        yield Text()
        yield from look.fit(Text(said, "dim"), "  ")


def _most_telling(report: Report, groups: list[list[Match]]) -> list[list[Match]]:
    """Return the passages of findings and those with most credit, in their order."""
    levels: dict[str, int] = {}
    for finding in report.findings:
        for name in finding.matches if finding.span else ():
            levels[name] = max(levels.get(name, 0), finding.level.rank + 1)

    def rank(at: int) -> tuple[int, int]:
        level = max(levels.get(match.id, 0) for match in groups[at])
        return -level, -groups[at][0].credit

    return [groups[at] for at in sorted(sorted(range(len(groups)), key=rank)[:_MOST])]


def passage(group: Sequence[Match], look: Look) -> Iterator[Text]:
    """Yield a passage: both places, facts, differences, then its other sources."""
    match, *others = group
    glyph, colour = GLYPHS[match.label]
    ours, theirs = _places(match, look)
    head = Text().append(f"{visible(match.id)}  ", "bold cyan").append(whole(ours))
    margin = " " * 6
    if cell_len(match.id + ours + theirs) + 8 <= look.width:
        yield from look.fit(head.append(f"  ← {whole(theirs)}"), "  ", margin)
    else:
        yield from look.fit(head, "  ", margin)
        yield from look.fit(Text(f"← {whole(theirs)}"), margin, margin + "  ")
    facts = (
        Text()
        .append(f"{glyph} ", colour)
        .append(" · ".join(match_facts(match, look.language)), "dim")
    )
    yield from look.fit(facts, margin)
    yield from look.fit(_text(match, look), margin)
    pairs = [p for p in match.substitutions if max(len(p[0]), len(p[1])) <= _PAIR]
    if pairs:
        worded = [
            look.say("R-substitution", old=visible(a), new=visible(b), count=n)
            for a, b, n in pairs[:_PAIRS]
        ]
        yield from _listed("R-substitutions", worded, len(pairs), look)
    if others:
        worded = [_other(other, look) for other in others[:_OTHERS]]
        yield from _listed("R-others", worded, len(others), look)


def _places(match: Match, look: Look) -> tuple[str, str]:
    draft = place_in_file(match.draft.document, match.draft.start, look.language)
    source = place_in_file(match.source.document, match.source.start, look.language)
    return visible(draft), visible(source)


def _text(match: Match, look: Look) -> Text:
    """Return the passage with its differences, long equal stretches elided."""
    room = look.width - 6
    pieces = match.differences()
    text = Text()
    for at, piece in enumerate(pieces):
        if text.cell_len > room * _LINES:
            left = sum(p.change != "equal" for p in pieces[at:])
            if left:
                text.append(" " + look.say("R-changes-more", count=left), "dim")
            break
        lone = len(pieces) == 1
        short = shorten(piece.text, room * 3 if lone else min(room, 48))
        shown = Piece(piece.change, short)
        text.append(
            short if look.colour else enclosed(shown), _STYLES.get(piece.change, "")
        )
    return text


def _other(match: Match, look: Look) -> str:
    return look.say(
        "R-other",
        id=visible(match.id),
        place=whole(_places(match, look)[1]),
        percent=percent(match.identity),
    )


def _listed(code: str, worded: list[str], count: int, look: Look) -> Iterator[Text]:
    line = Text().append(f"{look.say(code)}  ", "dim").append(" · ".join(worded))
    if more := count - len(worded):
        line.append(" " + look.say("R-more", count=more))
    yield from look.fit(line, " " * 6, " " * 8)
