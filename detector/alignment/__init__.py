"""From two texts to the passages they share, with both spans."""
