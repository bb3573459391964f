"""What an edit takes its new words, names and sentences from."""

import re
from dataclasses import dataclass
from functools import cached_property

from detector.evaluation.pieces import sentence_pieces
from detector.text.tokens import tagged, tokens

_ENGLISH = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_SUFFIXED = re.compile(r"\w{2,}[省市州县区镇乡村局委厅院]")
_NAMED = frozenset({"nr", "ns", "nt"})
_SENTENCE = range(8, 61)


@dataclass(frozen=True)
class Material:
    """The document that a passage is planted into, taken apart when first asked."""

    host: str
    chinese: bool

    def tokens(self, text: str) -> list[str]:
        """Return words, signs and white space of `text`; joined, they are `text`."""
        return tokens(text) if self.chinese else _ENGLISH.findall(text)

    def names(self, text: str) -> list[tuple[str, str]]:
        """Return the names in `text` with their kind, in order, repeated ones, too."""
        if not self.chinese:
            return [(name[0], "name") for name in _CAPITAL.finditer(text)]
        return [(w, kind) for w, tag in tagged(text) if (kind := _name_kind(w, tag))]

    @cached_property
    def words(self) -> list[str]:
        """The words of the host, as often as they occur in it."""
        return [token for token in self.tokens(self.host) if is_word(token)]

    @cached_property
    def letters(self) -> str:
        """The letters and digits of the host, as often as they occur in it."""
        return "".join(filter(str.isalnum, self.host))

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the host of an ordinary length, with their marks."""
        pieces = sentence_pieces(self.host, self.chinese)
        longest = 1 if self.chinese else 3  # letters make longer words
        return [
            body + mark.strip()
            for body, mark in pieces
            if len(body) // longest in _SENTENCE and mark.strip()
        ]

    @cached_property
    def own_names(self) -> list[tuple[str, str]]:
        """The distinct names of the host with their kinds, in order."""
        return list(dict.fromkeys(self.names(self.host)))


def is_word(token: str) -> bool:
    """Return whether a token has a letter or a digit."""
    return any(map(str.isalnum, token))


def _name_kind(word: str, tag: str) -> str | None:
    if tag in _NAMED and len(word) > 1:
        return tag
    return "ns" if _SUFFIXED.fullmatch(word) else None
