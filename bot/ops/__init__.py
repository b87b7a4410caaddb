"""What operators look at: the log, and later metrics and health."""
