"""Templates: wording that recurs over a corpus, with slots for what changes."""
