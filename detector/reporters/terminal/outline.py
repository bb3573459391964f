"""Where in the outline the shared text stands, and what no figure counts."""

from collections.abc import Iterator

from rich.text import Text

from detector.model.match import Label
from detector.model.report import Report, SectionLedger
from detector.model.span import Span
from detector.reporters.places import place
from detector.reporters.terminal.lines import cut, pad
from detector.reporters.terminal.look import HEAT, Look
from detector.reporters.wording import omission, reason
from detector.text.ignores import blanked
from detector.text.visible import visible

_MOST = 40
"""Sections on a page."""
_FOUND = (Label.COPIED, Label.BOILERPLATE, Label.SELF_REPEAT)


def outline(report: Report, look: Look) -> Iterator[Text]:
    """Yield the outline, with the share of each section that stands elsewhere, too.

    Headings inside a paragraph are shown only where something was found under them.
    """
    rows = [part for part in report.sections if _shown(part)]
    if len(rows) < 2:  # noqa: PLR2004
        return
    yield from look.title(look.say("R-outline"))
    for part in rows[:_MOST]:
        yield _row(report, part, look)
    if len(rows) > _MOST:
        said = look.say("R-outline-more", count=len(rows) - _MOST)
        yield from look.fit(Text(said, "dim"), "  ")


def heat(share: float) -> str:
    """Return a glyph that rises with `share`, 0–1; a dot for none.

    >>> heat(0), heat(0.01), heat(0.5), heat(1)
    ('·', '▁', '▅', '█')
    """
    return HEAT[min(int(share * len(HEAT)), len(HEAT) - 1)] if share else "·"


def left_out(report: Report, look: Look) -> Iterator[Text]:
    """Yield what was not counted and what the reader of the file left out."""
    yield from look.title(look.say("R-left-out"))
    by_reason: dict[str, list[Span]] = {}
    for code, span in report.not_counted:
        by_reason.setdefault(code, []).append(span)
    for code, spans in by_reason.items():
        said = look.say(
            "R-not-counted" if len(spans) == 1 else "R-not-counted-several",
            reason=visible(reason(code, look.language)),
            count=len(spans),
            characters=sum(map(len, spans)),
            place=visible(place(report.draft, spans[0].start, look.language)),
        )
        yield from look.fit(Text(said), "  ", "    ")
    for omitted in report.draft.omissions:
        said = visible(omission(omitted, look.language))
        style = "yellow" if omitted.doubtful else ""
        yield from look.fit(Text(said, style), "  ", "    ")
    yield from look.fit(Text(look.say("R-not-counted-rest"), "dim"), "  ", "    ")


def _shown(part: SectionLedger) -> bool:
    found = part.ledger.share(*_FOUND)
    return bool(found) if part.section.inline else bool(part.ledger.counted)


def _row(report: Report, part: SectionLedger, look: Look) -> Text:
    section, share = part.section, part.ledger.share(*_FOUND)
    counted = look.say("R-entry", characters=part.ledger.counted)
    whole = look.say("R-entry", characters=report.ledger.counted)
    row = Text("  ").append(heat(share), "red" if share else "dim")
    row.append(pad(f"{share:.1%}", 7, right=True))
    row.append(f"  {pad(counted, len(whole) + 1, right=True)}  ", "dim")
    row.append("  " * min(section.level - 1, 3))
    said = blanked(section.heading.of(report.draft.text))
    heading = " ".join(said.split()) or look.say("R-preamble")
    row.append(cut(heading, look.width - row.cell_len))
    row.rstrip()
    return row
