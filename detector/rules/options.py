"""What the rules let pass, and how loudly they speak."""

from dataclasses import dataclass

from detector.errors import OptionError

_WHOLE = (
    "repeat_shortest",
    "repeat_error",
    "copy_shortest",
    "copy_error",
    "boilerplate_shortest",
    "void_shortest",
)
_SHARES = (
    "twin_share",
    "boilerplate_share",
    "issued_share",
    "carried_share",
    "spliced_share",
)


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Limits of the rules.

    Attributes
    ----------
    ignore : tuple of str
        Ids of rules that are not applied.
    repeat_shortest : int
        Equal characters from which a repeat inside the document is a finding.
    repeat_error : int
        Equal characters from which that finding is an error rather than a warning; so
        is one of half a paragraph and more.
    copy_shortest : int
        Characters credited to one source from which a passage is a finding.
    copy_error : int
        Characters from which that finding is an error rather than a warning.
    twin_share : float
        Share of the counted characters, 0–1, that makes two documents twins.
    boilerplate_shortest : int
        Counted characters from which a paragraph may be one of boilerplate.
    boilerplate_share : float
        Share of them, 0–1, that must be boilerplate.
    issued_share : float
        Share of the counted characters, 0–1, from which a draft restates what was
        issued to it.
    carried_share : float
        Share of them from which a report is carried over from the earlier one.
    spliced_share : float
        Share of them that three and more sources make up together.
    void_shortest : int
        Counted characters from which a paragraph is expected to have a fact.
    """

    ignore: tuple[str, ...] = ()
    repeat_shortest: int = 30
    repeat_error: int = 60
    copy_shortest: int = 30
    copy_error: int = 80
    twin_share: float = 0.8
    boilerplate_shortest: int = 40
    boilerplate_share: float = 0.6
    issued_share: float = 0.3
    carried_share: float = 0.5
    spliced_share: float = 0.2
    void_shortest: int = 70

    def __post_init__(self) -> None:
        for name in _WHOLE:
            if (value := getattr(self, name)) < 1:
                raise OptionError(name=name, value=value, allowed=">= 1")
        for name in _SHARES:
            if not 0 < (share := getattr(self, name)) <= 1:
                raise OptionError(name=name, value=share, allowed="0–1")
