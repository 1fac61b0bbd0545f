"""What readers say against a mark, kept with their consent until somebody deletes it."""
