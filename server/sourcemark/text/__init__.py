"""Cuts paragraphs into sentences, and counts in code points and UTF-16 units."""
