"""Where work runs: in processes of its own, each piece within its time."""
