"""Which sources are worth aligning with a draft."""
