"""How surprising wording is, so that what a genre shares does not pass for copying."""
