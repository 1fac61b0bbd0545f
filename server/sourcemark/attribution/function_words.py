"""Closed classes of English words: what holds a sentence together around its nouns and verbs."""

PRONOUNS = frozenset("he she they it i we you who".split())
"""Words that stand for a speaker."""
SUBJECTS = frozenset("he she they it i we you".split())
"""Pronouns that are always subjects beside a verb."""
DETERMINERS = frozenset("a an the this that these those his her their its our my some any".split())
"""Words that open a noun phrase."""
NUMBERS = frozenset("one two three four five six several many few both another".split())
"""Counts that open a noun phrase: "two officials"."""
BEFORE_VERB = frozenset(
    "has have had having was is are were be been being also later then not never n't 'd will would could may "
    "might did do does once further previously already only just even still again both all told first "
    "too to since often long now today yesterday 's".split()
)
"""Auxiliaries and adverbs between a subject and its verb."""
CLAUSE = frozenset(
    "that but because while although though since when where which who whom whose if as after before until "
    "so whether than or nor yet unless amid and".split()
)
"""Words that open another clause."""
PREPOSITIONS = frozenset(
    "in on at by for from with of to about during over under near inside outside between against among "
    "despite without within following around across through".split()
)
"""Words that end the core of a noun phrase."""
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow tonight".split()
)
"""Times that are capitalised and are no names."""
BEFORE_SOURCE = frozenset("to by from of per citing".split())
"""Last words of cues that the source follows: "according to"."""
FINITE = frozenset("was is were are had has have would will could should may might did".split())
"""Verbs that show that a clause has its subject already."""
PARTICLES = frozenset("de la van der von bin al el da di du del ben le".split())
"""Lower-case words inside names."""
AFTER_NOUN = frozenset("who which that whose as familiar close aware".split())
"""Words that describe the noun before them: "a person familiar with the matter"."""
TIMES = frozenset(
    "early earlier late later last next this past previous recent week month year day night morning "
    "afternoon evening weekend spring summer autumn fall winter hours days weeks months years minutes ago "
    "meanwhile however then now today yesterday also instead still once again first second finally so "
    "thus yet both even only indeed nevertheless moreover".split()
)
"""Words that say when, or tie a sentence to the one before, and open no noun phrase by themselves."""
