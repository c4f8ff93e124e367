"""A community to try the site with: its documents, and how they are loaded."""
