"""From matches to figures that a person can check by hand."""
