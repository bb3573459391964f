"""From a text to the few hashes, or the vector, that stand for it."""
