"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says how busy the machine is; the first one also imports.
settings.register_profile("unhurried", deadline=None)
# CI tells of a change what it does: other examples every time would tell of chance.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.load_profile("unhurried")
