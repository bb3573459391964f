"""How well we do, measured on planted and on real copies."""
