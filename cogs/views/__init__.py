"""How answers look: layouts of components, built fresh for each message."""
