"""The report on a labelled archive: one page with plots, and the tables behind them."""
