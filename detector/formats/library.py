"""A library of templates as a TOML file that a person reads, edits and judges."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from detector.errors import LibraryFileError, MissingFileError, Reason, reason_of
from detector.files import write_whole
from detector.messages import Language, say
from detector.model.template import (
    SLOT_NAMES,
    Library,
    Phrase,
    PhraseVerdict,
    Slot,
    Template,
    Verdict,
)

_Verdict = TypeVar("_Verdict", Verdict, PhraseVerdict)
_MOST = 1 << 62
_SCHEMA = "detector/library/1"


def load_library(path: Path | str) -> Library:
    """Read a library.

    Raises
    ------
    MissingFileError
        If there is no such file.
    LibraryFileError
        If it cannot be read, is not TOML, or says something that no library does.
    """
    try:
        return _library(tomllib.loads(Path(path).read_text("utf-8-sig")))
    except FileNotFoundError as error:
        raise MissingFileError(path=str(path)) from error
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LibraryFileError(path=str(path), reason=reason_of(error)) from error


def save_library(library: Library, path: Path | str, language: Language) -> None:
    """Write a library; whoever is stopped in the middle has not changed it.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    text = "\n".join(_lines(library, language)) + "\n"
    write_whole(path, text.encode("utf-8", "replace"))


def _lines(library: Library, language: Language) -> Iterator[str]:
    yield from (f"# {line}" for line in say("M-head", language).splitlines())
    yield f"schema = {_quoted(_SCHEMA)}"
    yield f"organisations = {library.organisations}"
    yield f"documents = {library.documents}"
    yield f"last = {library.last}"
    for one in library.templates:
        yield "\n[[template]]"
        yield f"id = {_quoted(one.id)}"
        yield f"verdict = {_quoted(one.verdict.value)}"
        yield f"note = {_quoted(one.note)}"
        yield f"text = {_quoted(one.text)}"
        yield f"organisations = {one.organisations}"
        yield f"documents = {one.documents}"
        yield f"years = {_list(one.years)}"
        yield f"gain = {one.gain}"
        yield f"mined = {_quoted(one.mined)}"
        slots = (
            f"{{ kind = {_quoted(s.kind)}, fills = {_list(s.fills)} }}"
            for s in one.slots
        )
        yield from ("slots = [", *(f"  {slot}," for slot in slots), "]")
    for phrase in library.phrases:
        yield from _phrase_lines(phrase)


def _phrase_lines(phrase: Phrase) -> Iterator[str]:
    yield "\n[[phrase]]"
    yield f"text = {_quoted(phrase.text)}"
    yield f"verdict = {_quoted(phrase.verdict.value)}"
    yield f"organisations = {phrase.organisations}"
    yield f"documents = {phrase.documents}"


def _quoted(text: str) -> str:
    """Return a basic string of TOML: as in JSON, with all that could hide or act shown.

    A lone surrogate has no escape in TOML: it is replaced when the file is written.
    """
    quoted = json.dumps(text, ensure_ascii=False)
    odd = {c for c in quoted if not c.isprintable() and not "\ud800" <= c <= "\udfff"}
    return quoted.translate({ord(c): f"\\U{ord(c):08x}" for c in odd})


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


_KEYS: Mapping[str, frozenset[str]] = {
    "library": frozenset(
        ("schema", "organisations", "documents", "last", "template", "phrase")
    ),
    "template": frozenset(
        (
            "id",
            "verdict",
            "note",
            "text",
            "organisations",
            "documents",
            "years",
            "gain",
            "mined",
            "slots",
        )
    ),
    "phrase": frozenset(("text", "verdict", "organisations", "documents")),
    "slot": frozenset(("kind", "fills")),
}
_BRACKETED = re.compile(r"〔([\u4e00-\u9fff]{1,4}|[a-z]+)〕")


def _known(values: Any, kind: str, name: str = "") -> None:  # noqa: ANN401
    """Refuse what is no table, and keys that mean nothing: a verdict may be in one."""
    if not isinstance(values, Mapping):
        raise ValueError(Reason("W-table", name=name or kind))  # noqa: TRY004
    for key in values:
        if key not in _KEYS[kind]:
            near = get_close_matches(key, sorted(_KEYS[kind]), n=1, cutoff=0.0)
            facts = {"name": name or kind, "key": key, "nearest": near[0]}
            raise ValueError(Reason("W-key", **facts))


def _library(values: Mapping[str, Any]) -> Library:
    _known(values, "library")
    if values.get("schema") != _SCHEMA:
        raise ValueError(Reason("W-schema", schema=_SCHEMA))
    templates = tuple(map(_template, _tables(values, "template")))
    _distinct(templates)
    return Library(
        templates,
        _count(values, "organisations"),
        _count(values, "documents"),
        _count(values, "last"),
        tuple(map(_phrase, _tables(values, "phrase"))),
    )


def _tables(values: Mapping[str, Any], name: str) -> list[Any]:
    """Return what the tables ``[[name]]`` hold."""
    found = values.get(name, [])
    if not isinstance(found, list):
        raise ValueError(Reason("W-list", name=name, value=found))  # noqa: TRY004
    return found


def _template(values: Mapping[str, Any]) -> Template:
    name = values.get("id", "") if isinstance(values, Mapping) else ""
    _known(values, "template", f"template {name}".strip())
    text = values.get("text")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(Reason("W-id"))
    if not isinstance(text, str) or not text.strip():
        raise ValueError(Reason("W-value", name=f"{name} text", value=text))
    allowed = [one for names in SLOT_NAMES.values() for one in names]
    for said in _BRACKETED.findall(text):
        if said not in allowed and get_close_matches(said, allowed, cutoff=0.5):
            facts = {"name": name, "slot": said, "allowed": " ".join(allowed)}
            raise ValueError(Reason("W-slot", **facts))
    verdict = values.get("verdict", "")
    return Template(
        name,
        text,
        tuple(map(_slot, values.get("slots", ()))),
        _count(values, "organisations"),
        _count(values, "documents"),
        _texts(values, "years"),
        _count(values, "gain"),
        _judged(Verdict, verdict, name),
        str(values.get("note", "")),
        str(values.get("mined", "")),
    )


def _phrase(values: Mapping[str, Any]) -> Phrase:
    _known(values, "phrase")
    text, verdict = values.get("text"), values.get("verdict", "")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(Reason("W-value", name="phrase text", value=text))
    return Phrase(
        text,
        _count(values, "organisations"),
        _count(values, "documents"),
        _judged(PhraseVerdict, verdict, text),
    )


def _judged(kind: type[_Verdict], verdict: Any, name: str) -> _Verdict:  # noqa: ANN401
    if not isinstance(verdict, str) or verdict not in set(kind):
        allowed = " | ".join(one for one in kind if one)
        facts = {"name": f"{name} verdict", "value": verdict, "allowed": allowed}
        raise ValueError(Reason("W-allowed", **facts))
    return kind(verdict)


def _slot(values: Mapping[str, Any]) -> Slot:
    _known(values, "slot")
    kind = values.get("kind")
    if kind not in SLOT_NAMES:
        allowed = " | ".join(SLOT_NAMES)
        facts = {"name": "slot kind", "value": kind, "allowed": allowed}
        raise ValueError(Reason("W-allowed", **facts))
    return Slot(kind, _texts(values, "fills"))


def _texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = values.get(name, [])
    if not isinstance(found, list):
        raise ValueError(Reason("W-list", name=name, value=found))  # noqa: TRY004
    return tuple(map(str, found))


def _count(values: Mapping[str, Any], name: str) -> int:
    count = values.get(name, 0)
    if type(count) is not int or not 0 <= count < _MOST:
        raise ValueError(Reason("W-value", name=name, value=count))
    return count


def _distinct(templates: tuple[Template, ...]) -> None:
    seen: set[str] = set()
    for one in templates:
        if one.id in seen:
            raise ValueError(Reason("W-twice", name=one.id))
        seen.add(one.id)
