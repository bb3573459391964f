"""What the page looks like: signs, colours, language and columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text

from detector.messages import Language, say
from detector.model.finding import Level
from detector.model.match import Label
from detector.reporters.terminal.lines import wrap

GLYPHS: dict[Label, tuple[str, str]] = {
    Label.COPIED: ("█", "red"),
    Label.BOILERPLATE: ("▓", "yellow"),
    Label.SELF_REPEAT: ("▒", "magenta"),
    Label.CITED: ("░", "blue"),
    Label.SET_PHRASE: ("=", "cyan"),
    Label.OWN: ("·", "green"),
}
"""Sign and colour of each column of the ledger; the sign is enough."""

LEVELS: dict[Level, tuple[str, str]] = {
    Level.ERROR: ("■", "bold red"),
    Level.WARNING: ("▲", "yellow"),
    Level.NOTE: ("○", "blue"),
}

HEAT = "▁▂▃▄▅▆▇█"

PLAINER = dict(
    zip(
        "█▓▒░·■▲○▁▂▃▄▅▆▇…↵←→×÷−–─“”‘’　／",
        "#%+:.#!o1234567~/<>x/---\"\"'' /",
        strict=True,
    )
)
"""What stands for a sign that the encoding of the stream lacks; never wider."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the page is to look: its language, its columns, and whether it has colour."""

    language: Language
    width: int
    colour: bool
    INDENT: ClassVar[int] = 2

    def say(self, code: str, **facts: object) -> str:
        """Word a message of this package; facts from outside must be `visible`."""
        return say(code, self.language, **facts)

    def title(self, text: str) -> Iterator[Text]:
        """Yield the heading of a part of the page, after an empty line."""
        yield Text()
        yield from self.fit(Text(text, "bold"))

    def fit(self, text: Text, first: str = "", rest: str | None = None) -> list[Text]:
        """Break `text` into lines that fit, the first after `first`, others `rest`."""
        rest = first if rest is None else rest
        room = self.width - max(cell_len(first), cell_len(rest))
        lines = wrap(text, max(room, 1))
        return [Text(rest if at else first) + line for at, line in enumerate(lines)]
