"""From bytes to documents: the readers, and where they look."""
