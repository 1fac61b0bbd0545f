"""Makes models: learning, choosing thresholds, figures and the card. Using the product needs none of it."""
