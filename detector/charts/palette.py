"""The colours of the labels, and the hatches that tell them apart without colour."""

COLOURS = {
    "copied": "#c8372d",
    "boilerplate": "#d9a520",
    "self_repeat": "#9a3fa6",
    "cited": "#2c6fbb",
    "set_phrase": "#0b8a8f",
    "own": "#cfd6cb",
}
"""By label, on a light ground."""
HATCHES = {
    "copied": "",
    "boilerplate": "///",
    "self_repeat": "...",
    "cited": "xxx",
    "set_phrase": "---",
    "own": "",
}
"""By label, in the terms of matplotlib."""
MARKED = "#0a5aa8"
"""What a chart is about: this document among others."""
OTHERS = "#b9c2b4"
