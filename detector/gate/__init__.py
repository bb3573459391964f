"""The gate on a repository of documents: git, policy, baseline.

The order of its steps is `detector.gating`.
"""
