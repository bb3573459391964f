"""Traces of how a text was made, that one document shows on its own."""
