"""A node of a document's outline."""

from dataclasses import dataclass

from detector.model.span import Span


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under one heading.

    Attributes
    ----------
    number : str
        As it is written: ``"一"``, ``"（二）"``, ``"3."``, ``"第一章"``, ``"一是"``.
        Empty for the text before the first heading.
    level : int
        From 1; a section ends where the next one of its level or a higher one begins.
        The sections of level 1 together are the whole document.
    title : str
        The heading without its number; empty for the text before the first heading.
    heading : Span
        Number and title; empty where there is none.
    span : Span
        The whole section, its heading and its sub-sections included.
    inline : bool
        True if the heading stands inside a paragraph (一是…；二是…).
    """

    number: str
    level: int
    title: str
    heading: Span
    span: Span
    inline: bool = False
