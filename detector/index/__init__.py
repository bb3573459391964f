"""Which sources of a corpus are worth aligning with a draft."""
