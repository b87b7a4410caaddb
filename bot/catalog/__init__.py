"""What is offered, by whom, according to which source, since when: facts, read once and frozen."""
