"""What is done to detector on purpose: `python -m tests.torture --help`."""
