"""Config: each package's options in one frozen object; TOML in, digest out."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from detector.alignment.options import AlignmentOptions
from detector.errors import (
    ConfigFileError,
    MissingFileError,
    OptionError,
    UnknownOptionError,
)
from detector.index.nominate import RetrievalOptions
from detector.rules import RULES
from detector.rules.options import RuleOptions

_Options = TypeVar("_Options")
KEPT_BACKGROUNDS = ("shipped", "none")
_KINDS = {
    "str": '"…"',
    "tuple": '["…"]',
    "float": "a number",
    "int": "a whole number",
    "bool": "true | false",
}


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that decides what a report says.

    Attributes
    ----------
    alignment : AlignmentOptions
    retrieval : RetrievalOptions
    rules : RuleOptions
    set_phrases : tuple of str
        Files with fixed formulations of one's own, beside the shipped lists.
    background : str
        The language model by which evidence is weighed: ``shipped``, ``none`` (every
        unit counts the same), or a folder that `save_background` wrote.
    index_key : str
        File with the secret by which an index without texts is hidden.
    library : str
        File with the templates that `detector mine` found.
    issued : tuple of str
        Documents that drafts may follow, such as the notice they answer: what they have
        of these is cited.
    calendar : tuple of str
        Files with meetings, laws and plans of one's own, beside the shipped ones.
    """

    alignment: AlignmentOptions = field(default_factory=AlignmentOptions)
    retrieval: RetrievalOptions = field(default_factory=RetrievalOptions)
    rules: RuleOptions = field(default_factory=RuleOptions)
    set_phrases: tuple[str, ...] = ()
    background: str = "shipped"
    index_key: str = ""
    library: str = ""
    issued: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("background", "index_key", "library"):  # a Path is as good
            object.__setattr__(self, name, str(getattr(self, name)))
        for name in ("set_phrases", "issued", "calendar"):
            object.__setattr__(self, name, tuple(map(str, getattr(self, name))))
        for rule in self.rules.ignore:
            if rule.upper() not in RULES:
                near = get_close_matches(rule, RULES, n=1, cutoff=0.0)[0]
                raise UnknownOptionError(name=f"rules.ignore: {rule}", nearest=near)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Config":
        """Return the configuration with `values` in place of the defaults.

        Raises
        ------
        UnknownOptionError
            If a key does not exist; it names the nearest one.
        OptionError
            If a value has the wrong type or is out of range.
        """
        return _filled(cls(), values, prefix="")

    @classmethod
    def from_file(cls, path: Path) -> "Config":
        """Read a ``detector.toml``, or ``[tool.detector]`` of a ``pyproject.toml``.

        Raises
        ------
        MissingFileError
            If there is no such file.
        ConfigFileError
            If it cannot be read or is not TOML.
        """
        try:
            values: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError as error:
            raise MissingFileError(path=str(path)) from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ConfigFileError(path=str(path), reason=reason) from error
        if path.name == "pyproject.toml":
            values = _tool_table(values)
        config = cls.from_mapping(values)
        beside = tuple(str(path.parent / name) for name in config.set_phrases)
        model = config.background
        if model not in KEPT_BACKGROUNDS:
            model = str(path.parent / model)
        key = str(path.parent / config.index_key) if config.index_key else ""
        library = str(path.parent / config.library) if config.library else ""
        return replace(
            config,
            set_phrases=beside,
            background=model,
            index_key=key,
            library=library,
            issued=tuple(str(path.parent / name) for name in config.issued),
            calendar=tuple(str(path.parent / name) for name in config.calendar),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of all options, in hexadecimal; equal settings, equal digest.

        Where the key of an index lies decides nothing, and is not in it.
        """
        options = asdict(replace(self, index_key=""))
        canonical = json.dumps(options, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def find_config(folder: Path) -> Path | None:
    """Return the nearest file with our configuration, at or above `folder`."""
    for here in (folder, *folder.parents):
        if (own := here / "detector.toml").is_file():
            return own
        shared = here / "pyproject.toml"
        if shared.is_file() and _mentions_us(shared):
            return shared
    return None


def _mentions_us(file: Path) -> bool:
    try:
        return bool(_tool_table(tomllib.loads(file.read_text("utf-8"))))
    except (OSError, ValueError):
        return False


def _tool_table(values: Mapping[str, Any]) -> Mapping[str, Any]:
    tool = values.get("tool")
    own = tool.get("detector") if isinstance(tool, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _filled(options: _Options, values: Mapping[str, Any], prefix: str) -> _Options:
    known = {option.name: option for option in fields(options)}  # type: ignore[arg-type]
    chosen: dict[str, Any] = {}
    for key, value in values.items():
        name = key.replace("-", "_")
        full = f"{prefix}{key}"
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)
            raise UnknownOptionError(name=full, nearest=prefix + near[0])
        if name in chosen:
            raise OptionError(name=full, value=value, allowed="1 ×")
        chosen[name] = _checked(getattr(options, name), value, full)
    merged = {name: getattr(options, name) for name in known} | chosen
    try:
        return type(options)(**merged)
    except OptionError as error:
        facts = error.facts | {"name": f"{prefix}{error.facts['name']}"}
        raise OptionError(**facts) from error


def _checked(default: Any, value: Any, name: str) -> Any:  # noqa: ANN401
    """Return `value` if it is of the type of `default`; tables are filled in turn."""
    if is_dataclass(default):
        if not isinstance(value, Mapping):
            raise OptionError(name=name, value=value, allowed="{ … }")
        return _filled(default, value, prefix=f"{name}.")
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif isinstance(default, float):
        if type(value) in (int, float) and isfinite(value):
            return float(value)
    elif type(value) is type(default):
        return value
    kind = type(default).__name__
    raise OptionError(name=name, value=value, allowed=_KINDS.get(kind, kind))
