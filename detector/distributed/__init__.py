"""The same pipeline where one machine is too small: tables that are sorted and mapped.

documents ──> seeds ──by key──> counted ──by document──> followed ──by key──> pairs
          ──by pair──> places ──by document──> wanted ──by document──> shared ──> driver

What is done with a table is here, and is what one machine does with arrays; who moves
the tables is in `detector.executors`.
"""
