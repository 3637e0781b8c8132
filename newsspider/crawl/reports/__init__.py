"""The reports of runs: what is counted, drawn, printed, and told to whoever wants to know."""
