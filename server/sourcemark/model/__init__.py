"""Judges sentences: features, the classifiers, the decision for a label, and the files of a model."""
