"""Spelling of the Spanish prose: pages, documents of the project, comments of snippets, messages."""
