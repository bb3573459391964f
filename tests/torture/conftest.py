"""The fuzzer itself needs what the tests do not."""

collect_ignore = ["fuzzing.py"]
