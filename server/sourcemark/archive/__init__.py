"""Labelling whole archives: what goes in, shard by shard, and what comes out."""
