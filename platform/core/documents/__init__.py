"""The text of documents, for search: read in a process of its own, within limits."""
