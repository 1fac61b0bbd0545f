"""What the models may cost on one core, by model, where an article has 40 sentences; and a full room."""

ARTICLE_MS = {"fast": 20.0, "careful": 600.0}
START_S = {"fast": 1.5, "careful": 2.0}
MEMORY_MB = {"fast": 180.0, "careful": 300.0}
ARTICLES_A_SECOND = {"fast": 150.0}
"""At least so many, labelled together."""
EXPONENT = 1.3
"""Of the growth of the time with the length of the text."""
ROOM_MS = 200.0
"""Of 95 of 100 requests of a full room."""
LOAD_MS = 400.0
"""Of 95 of 100 articles, with thirty readers at once."""
ARCHIVE_GROWTH = 1.25
"""Memory for ten times the archive, as a multiple of the memory for the archive."""
