"""How far work is."""


def quiet(done: int, of: int) -> None:
    """Show no progress."""
