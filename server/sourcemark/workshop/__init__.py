"""A workshop: people label sentences first, then see what the room and the tool say. No web in here."""
