"""What a model card says in words, whatever the figures are."""

from typing import Final

INTRODUCTION: Final = """
Gives each sentence of an English news article one of three labels, or none, by who stands behind it.
Written by `sourcemark train` from the models' manifests; do not edit it by hand.
"""

LABELS: Final = """
## What the labels mean

{labels}

A sentence with none of them rests on the reporter's own narration, on experts or on other media. Where the
scores do not support a mark, the model says that it is not sure.
"""

FAST: Final = """
Quotation marks, speech cues and source mentions are read over the whole article, and each sentence is linked
to the speaker it goes back to. Words of the sentence, of its quotation, of its source and of whatever the
article says about its speaker go into a multinomial logistic regression. A second pass, of small perceptrons,
sees its scores beside those of the neighbouring sentences and of everything else the same speaker says; it is
fitted on scores of articles held out, which calibrates it. Small and quick: for archives, and where
onnxruntime cannot be installed (`--model fast`).
"""

CAREFUL: Final = """
Reads the article in the same way, and beside that with two small transformers (MiniLM-L6-H384, trained
further from different random starts, and kept in 8 bits a weight, 4 for those of words). Each sees a
sentence with what stands around it and how its speaker was introduced, and learns beside the label to
point at the words that name the speaker. The second pass weighs their scores and those of the words. It
was fitted while they had seen four fifths of the training articles, on the last fifth; then they learnt
from all. The figures below of articles held out are from before that, so the model as it ships has none;
those of the development articles are its own. Slower, and right more often: for readers
(`--model careful`).
"""

THRESHOLDS: Final = "Least scores for saying something definite, chosen on articles held out:"

CORPORA: Final = {
    "bbc2022": "BBC, 2022-23, all sections (MasakhaNEWS English, Adelani et al. 2023)",
    "newsdiscourse": "New York Times, Reuters, Xinhua, 2003-2019 (News Discourse, Choubey et al., ACL 2020)",
    "polnear": "seven US outlets, 2015-16, an election campaign (PolNeAR, Newell et al., LREC 2018)",
    "reuters2017": "Reuters, US politics, 2017 (ISOT collection)",
    "wikinews": "Wikinews, 2019-20, CC BY 2.5",
}
"""Where the text of each corpus comes from, by its id."""

ANNOTATION: Final = """
The shipped models' articles, training and development, were labelled by a language model that read them
whole under written guidelines, sentence by sentence, not by people. The development articles, and further
ones kept for a blind test, were labelled a second time, independently: over 7,071 sentences the two passes
agree on 98.7 % (Cohen's kappa 0.977), with a label F1 between them of 0.987 for official statements, 0.975
for anonymous claims and 0.971 for eyewitness quotes. Both passes share a model, so this is an upper bound
on what people would show. Training articles were labelled once. The texts belong to their publishers; none
of them is part of this project or of the models' files.
"""

READING_FIGURES: Final = """
Macro-F1 is the mean F1 of the three labels as shown to readers; a sentence left unsure counts as without a
label. Coverage is the share of sentences of which something definite is said. Intervals are 95 % over
articles drawn again. The expected calibration error (ECE) says how far scores are from the share that is
right. A speaker is right where the name or description shares its head word with the annotated one. Shown
differently is the share of sentences whose mark changes when the people in the articles get other names.
Thresholds were chosen on the held-out training articles, nothing on the development articles.
"""

NOT_FOR: Final = """
## What it must not be used for

- To judge whether a sentence, an article or an outlet is true, reliable or fair. It says who speaks.
- To identify a source whose name an article withholds.
- To decide anything about a person. A mark is an invitation to read the sentence again.
- To count or rank outlets or people: it errs more with some than with others, as the figures show.
- On other languages, or on texts that are not news reports.
"""

WEAKNESSES: Final = """
- The kind of a speaker is read from the words around the name. A role the article never states is not known.
- A pronoun is linked to the speaker met last, by simple rules; in long exchanges it can be the wrong one.
- The training articles come from few outlets of 2003 to 2023, half of them from the United States.
"""
