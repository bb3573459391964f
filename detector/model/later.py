"""What is worked out when it is first asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, overload

_One_co = TypeVar("_One_co", covariant=True)
_Any = TypeVar("_Any")
_Tuple: TypeAlias = "tuple[_Any, ...] | Later[_Any]"


class Later(Sequence[_One_co], Generic[_One_co]):
    """A tuple that is made when something of it is first asked for.

    It is equal to the tuple, shown as it, and copied and pickled as it; what wants a
    tuple itself (`dataclasses.asdict`) is given `tuple(it)`.

    Parameters
    ----------
    made : callable
        What makes its members; not called again once it has returned.

    Examples
    --------
    >>> squares = Later(lambda: (n * n for n in range(4)))
    >>> squares[1:], squares == (0, 1, 4, 9)
    ((1, 4, 9), True)
    """

    __slots__ = ("_held",)

    def __init__(self, made: Callable[[], Iterable[_One_co]]) -> None:
        self._held: Callable[[], Iterable[_One_co]] | tuple[_One_co, ...] = made

    @property
    def _members(self) -> tuple[_One_co, ...]:
        held = self._held
        if not isinstance(held, tuple):
            # In one place: what made it is let go, and threads never find neither.
            self._held = held = tuple(held())
        return held

    @overload
    def __getitem__(self, at: int) -> _One_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_One_co, ...]: ...
    def __getitem__(self, at: int | slice) -> _One_co | tuple[_One_co, ...]:
        return self._members[at]

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[_One_co]:
        return iter(self._members)

    def __add__(self, other: "_Tuple[_Any]") -> tuple[_One_co | _Any, ...]:
        if not isinstance(other, tuple | Later):
            return NotImplemented
        return (*self._members, *other)

    def __radd__(self, other: "_Tuple[_Any]") -> tuple[_One_co | _Any, ...]:
        if not isinstance(other, tuple):
            return NotImplemented
        return (*other, *self._members)

    def __eq__(self, other: object) -> bool:
        return self._members == (tuple(other) if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._members)

    def __repr__(self) -> str:
        return repr(self._members)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._members,)
