"""What is left of a quota, when it comes back, and when a session runs into its end."""
