# %% [markdown]
# # On whose word? An archive, counted
#
# Which share of each article rests on officials, on people without a name, on eyewitnesses, and how much of
# it is uncertain. A label says who speaks, not whether it is true: a share is no grade.

# %%
from collections import Counter, defaultdict
import csv
import json
from pathlib import Path
import sys

from sourcemark import Labeler
from sourcemark.article import Article
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.resources import folder

SHOWN_AS = (*LABEL_IDS, NONE, UNSURE)

# %% [markdown]
# ## The sentences
#
# One row for each, with the columns of `sourcemark archive`. With the folder that it wrote, they are read;
# without one, the articles that ship with Sourcemark are labelled here, all at once and without the neural
# network.


# %%
def rows_of_archive(archive):
    """Yield the rows of an archive that was labelled before."""
    for part in sorted((archive / "sentences").iterdir()):
        if part.suffix == ".parquet":
            from pyarrow import parquet

            yield from parquet.read_table(part, columns=["article", "label", "state", "speaker"]).to_pylist()
        elif part.suffix == ".jsonl":
            yield from map(json.loads, part.open(encoding="utf-8"))
        else:
            yield from csv.DictReader(part.open(encoding="utf-8", newline=""))


def rows_of_seeds():
    """Label the articles that ship, and yield a row for each sentence."""
    lines = (folder("seeds") / "articles.jsonl").read_text("utf-8").splitlines()
    seeds = [json.loads(line) for line in lines]
    articles = [Article(tuple(each["paragraphs"]), each["title"]) for each in seeds]
    for each, labelled in zip(seeds, Labeler.load("fast").label_many(articles), strict=True):
        for sentence in labelled.sentences:
            yield {
                "article": each["id"],
                "label": sentence.label,
                "state": sentence.state,
                "speaker": sentence.speaker.name if sentence.speaker else None,
            }


archive = Path(sys.argv[1]) if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else None
rows = list(rows_of_archive(archive) if archive else rows_of_seeds())

# %% [markdown]
# ## Shares, article by article

# %%
articles = defaultdict(Counter)
for row in rows:
    articles[row["article"]][row["label"] or row["state"]] += 1

print(f"{'article':32}{'sentences':>10}" + "".join(f"{name.partition('_')[0]:>12}" for name in SHOWN_AS))
for name, counts in sorted(articles.items()):
    shares = "".join(f"{counts[shown_as] / counts.total():12.0%}" for shown_as in SHOWN_AS)
    print(f"{name:32}{counts.total():10}{shares}")

# %% [markdown]
# ## Who speaks most
#
# By sentence, among those with a mark; as the articles name them.

# %%
speakers = Counter(row["speaker"] for row in rows if row["label"] and row["speaker"])
for speaker, sentences in speakers.most_common(5):
    print(f"{sentences:4}  {speaker}")
