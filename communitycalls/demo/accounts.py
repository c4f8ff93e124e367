"""Who may sign in to the demo."""

PASSWORD = "demo"
ACCOUNTS = {"editor": False, "maintainer": True}
"""Names, and whether each is a maintainer."""
