"""What `gpu-scout doctor` looks at: one finding a line, and what to do about it."""
