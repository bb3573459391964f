"""Config: each package's options in one frozen object; TOML in, digest out."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from detector.alignment.options import AlignmentOptions
from detector.errors import (
    NUMBERS,
    WHOLE_NUMBERS,
    ConfigFileError,
    MissingFileError,
    OptionError,
    UnknownOptionError,
    os_reason,
    reason_of,
)
from detector.formats.limits import ReadLimits
from detector.gate.options import GateOptions, LevelOptions, LevelTables
from detector.index.nominate import RetrievalOptions
from detector.rules import RULES
from detector.rules.options import RuleOptions

_Options = TypeVar("_Options")
KEPT_BACKGROUNDS = ("shipped", "none")
_BEYOND = 2**63
"""No number of ours comes near it, and arrays hold none beyond."""
_KINDS = {
    "str": '"…"',
    "tuple": '["…"]',
    "float": NUMBERS,
    "int": WHOLE_NUMBERS,
    "bool": "true | false",
}


@dataclass(frozen=True)
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
    gate : GateOptions
        What `detector gate` looks at, and what stops a request.
    limits : ReadLimits
        How large a file may be that is read, and what reading it may take.
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
    gate: GateOptions = field(default_factory=GateOptions)
    limits: ReadLimits = field(default_factory=ReadLimits)

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
        return cls.as_written(path).with_paths(lambda name: str(path.parent / name))

    @classmethod
    def as_written(cls, path: Path) -> "Config":
        """Read a file as `from_file` does; paths in it stay as they are written."""
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise MissingFileError(path=str(path)) from error
        except OSError as error:
            raise ConfigFileError(path=str(path), reason=os_reason(error)) from error
        return cls.from_bytes(data, str(path))

    @classmethod
    def from_bytes(cls, data: bytes, path: str) -> "Config":
        """Read what stands in a configuration file; its paths stay as they are.

        Parameters
        ----------
        path : str
            Of the file; of a ``pyproject.toml`` our table is read.

        Raises
        ------
        ConfigFileError
            If it is not TOML.
        UnknownOptionError, OptionError
            As `from_mapping`.
        """
        try:
            values: Mapping[str, Any] = tomllib.loads(data.decode())
        except (ValueError, RecursionError) as error:
            raise ConfigFileError(path=path, reason=reason_of(error)) from error
        if Path(path).name == "pyproject.toml":
            values = _tool_table(values)
        return cls.from_mapping(values)

    def with_paths(self, of: Callable[[str], str]) -> "Config":
        """Return the configuration with the path `of` says for each file it names."""

        def each(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(map(of, names))

        model = self.background
        return replace(
            self,
            set_phrases=each(self.set_phrases),
            background=model if model in KEPT_BACKGROUNDS else of(model),
            index_key=of(self.index_key) if self.index_key else "",
            library=of(self.library) if self.library else "",
            issued=each(self.issued),
            calendar=each(self.calendar),
            gate=replace(
                self.gate,
                baseline=of(self.gate.baseline) if self.gate.baseline else "",
                corpus=each(self.gate.corpus),
            ),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all options, in hexadecimal; equal settings, equal digest.

        Where the key of an index lies decides nothing, nor do the gate and the limits:
        they are not in it.
        """
        options = asdict(replace(self, index_key="", gate=GateOptions()))
        del options["gate"], options["limits"]
        canonical = json.dumps(options, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


DEFAULTS = Config()
"""What holds where nothing else is said."""


def find_config(folder: Path) -> Path | None:
    """Return the nearest file with our configuration, at or above `folder`."""
    for here in (folder, *folder.parents):
        if (own := here / "detector.toml").is_file():
            return own
        shared = here / "pyproject.toml"
        if shared.is_file() and _mentions_us(shared):
            return shared
    return None


def mentions_us(data: bytes) -> bool:
    """Tell whether a ``pyproject.toml`` has a table of ours."""
    try:
        return bool(_tool_table(tomllib.loads(data.decode())))
    except (ValueError, RecursionError):
        return False


def _mentions_us(file: Path) -> bool:
    try:
        return mentions_us(file.read_bytes())
    except OSError:
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
    huge = isinstance(value, int | float) and not abs(value) < _BEYOND  # nan, too
    if isinstance(default, LevelTables) or is_dataclass(default):
        return _table(default, value, name)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif isinstance(default, float):
        if type(value) in (int, float) and not huge:
            return float(value)
    elif type(value) is type(default) and not huge:
        return value
    kind = type(default).__name__
    raise OptionError(name=name, value=value, allowed=_KINDS.get(kind, kind))


def _table(default: Any, value: Any, name: str) -> Any:  # noqa: ANN401
    if not isinstance(value, Mapping):
        raise OptionError(name=name, value=value, allowed="{ … }")
    if not isinstance(default, LevelTables):
        return _filled(default, value, prefix=f"{name}.")
    levels = LevelOptions()
    tables = {key: _table(levels, one, f"{name}.{key}") for key, one in value.items()}
    return LevelTables(tables)
