"""The playground: the real bot in a local browser page, by SimCord's preview; no account needed."""
