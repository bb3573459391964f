"""Fields of a Word document: their codes are not seen, what they give is."""

import re
from dataclasses import dataclass
from dataclasses import field as made

from detector.formats.docx_xml import Element, value

_STORIES = ("{*}txbxContent", "{*}footnote", "{*}endnote")
_MARKS = "{*}fldChar"
_BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
_CODE = re.compile(r"\s*([a-z]+)(.*)", re.IGNORECASE | re.DOTALL)
_SWITCHES = re.compile(
    r"""\\\*\s*(?:"[^"]*+"?|\S+)"""  # how it is set
    r"|\\s\\up\s*\d*\([^()\u3400-\u9fff]{0,20}\),?"  # how a letter is spoken
    r"|\\[a-z]+(?:\s*\d+(?=\())?|\\|[()]|[○□△◇],",  # rings around letters
    re.IGNORECASE,
)
"""What is no text in the code of a formula (EQ)."""


@dataclass
class _Field:
    in_code: bool = True
    code: list[str] = made(default_factory=list)


class Fields:
    """The fields that are open at a place of one story of a document.

    A field that is begun and never ended is none: Word shows what comes after it.

    Parameters
    ----------
    never_ended : set of element
        Where the fields begin that do not end.
    """

    def __init__(self, never_ended: set[Element]) -> None:
        self._never_ended = never_ended
        self._open: list[_Field] = []
        self._in_codes = 0

    @property
    def in_code(self) -> bool:
        """True in the code of a field, or of one around it."""
        return self._in_codes > 0

    def mark(self, element: Element) -> str:
        """Take a mark of a field; return what the field shows that ends with it."""
        shown = ""
        match value(element, "fldCharType"):
            case "begin" if element not in self._never_ended:
                self._open.append(_Field())
                self._in_codes += 1
            case "separate" if self._open:
                self._leave_code(self._open[-1])
            case "end" if self._open:
                ended = self._open.pop()
                shown = shown_by("".join(ended.code)) if ended.in_code else ""
                self._leave_code(ended)
        return shown

    def _leave_code(self, field: _Field) -> None:
        self._in_codes -= field.in_code
        field.in_code = False

    def pass_over(self, element: Element) -> None:
        """Take the marks of what is not shown."""
        for mark in element.iter(_MARKS):
            self.mark(mark)

    def add_code(self, text: str) -> None:
        """Take a part of the code of the field that is open."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code.append(text)


def never_ended(root: Element) -> set[Element]:
    """Return where fields begin that do not end in their story."""
    begun: dict[Element, list[Element]] = {}
    for mark in root.iter(_MARKS):
        story = next(mark.iterancestors(*_STORIES), root)
        match value(mark, "fldCharType"):
            case "begin":
                begun.setdefault(story, []).append(mark)
            case "end" if begun.get(story):
                begun[story].pop()
    return {mark for marks in begun.values() for mark in marks}


def shown_by(code: str) -> str:
    r"""Return what a field shows that has a code and no result.

    >>> shown_by(" MACROBUTTON NoMacro 单击此处 ")
    '单击此处'
    >>> shown_by(r" eq \o\ac(○,1)")
    '1'
    """
    parts = _CODE.match(code)
    kind, rest = (parts[1].upper(), parts[2].strip()) if parts else ("", "")
    if kind in _BUTTONS:
        return "".join(rest.split(None, 1)[1:])
    if kind == "EQ":
        return _SWITCHES.sub("", rest).strip()
    return rest.strip('"“”') if kind == "QUOTE" else ""
