"""What the path of a document in a corpus says about it."""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from detector.errors import ConfigFileError, Reason, reason_of
from detector.model.document import Origin

LAYOUT_FILE = "corpus.toml"
_FIELDS = {
    "organisation": r"[^/]+?",
    "year": r"[0-9]{4}",
    "genre": r"[^/]+?",
    "title": r"[^/]+?",
}
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Layout:
    """A pattern of paths such as ``{organisation}/{year}-{genre}``.

    >>> layout = Layout.parse("{organisation}/{year}-{genre}")
    >>> layout.fill(Origin("-"), "甲镇/2024-述职报告.docx").genre
    '述职报告'
    """

    pattern: re.Pattern[str]

    @classmethod
    def parse(cls, text: str, path: str = LAYOUT_FILE) -> "Layout":
        """Make a layout of fields in braces, once each, and literal text.

        The fields are organisation, year (four digits), genre and title. The pattern
        is for the path below the corpus, without the suffix.

        Raises
        ------
        ConfigFileError
            If there is another field, or one twice; `path` is the file to name.
        """
        pieces = _FIELD.split(text)
        names = pieces[1::2]
        wrong = [n for n in names if n not in _FIELDS or names.count(n) > 1]
        if wrong or not names:
            said = Reason("W-field", layout=text, wrong=", ".join(wrong))
            none = Reason("W-no-field", layout=text)
            raise ConfigFileError(path=path, reason=said if wrong else none)
        pieces[1::2] = (f"(?P<{name}>{_FIELDS[name]})" for name in names)
        pieces[::2] = map(re.escape, pieces[::2])
        return cls(re.compile("".join(pieces)))

    def fill(self, origin: Origin, relative: str) -> Origin:
        """Return `origin` with what `relative` says and it does not know itself.

        A path that does not fit the pattern says nothing.
        """
        found = self.pattern.fullmatch(str(PurePosixPath(relative).with_suffix("")))
        fields = found.groupdict() if found else {}
        new = {name: text for name, text in fields.items() if not getattr(origin, name)}
        return replace(origin, **new)


def described_folder(file: Path) -> Path | None:
    """Return the nearest folder at or above that of `file` that describes its layout.

    A single file of a corpus is known by its organisation as the whole folder is.
    """
    folders = file.absolute().parents
    return next((f for f in folders if (f / LAYOUT_FILE).is_file()), None)


def layout_of(root: Path) -> Layout | None:
    """Return the layout that the ``corpus.toml`` in `root` declares, if it does.

    Raises
    ------
    ConfigFileError
        If the file cannot be read, is not TOML, or its layout is wrong.
    """
    file = root / LAYOUT_FILE
    try:
        settings = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigFileError(path=str(file), reason=reason_of(error)) from error
    unknown = sorted(settings.keys() - {"layout"})
    layout = settings.get("layout", "")
    if unknown or not isinstance(layout, str):
        facts = {"name": LAYOUT_FILE, "key": ", ".join(unknown), "nearest": "layout"}
        value = Reason("W-value", name="layout", value=layout)
        reason = Reason("W-key", **facts) if unknown else value
        raise ConfigFileError(path=str(file), reason=reason)
    return Layout.parse(layout, str(file)) if layout else None
