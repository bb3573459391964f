"""How far work is."""


def quiet(done: int, of: int) -> None:
    """Show no progress."""


def untold(stage: str) -> None:
    """Show no name of a stage."""
