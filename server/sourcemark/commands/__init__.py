"""The commands, a module each; `sourcemark.cli` puts them together."""
