"""Reads who speaks in an article: quotations, words that report speech, mentions of sources, names."""
