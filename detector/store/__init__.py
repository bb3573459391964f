"""A corpus on disk: files that are written once, and a manifest that names them."""
