"""What a finished page says and shows, read back from it without asking those who laid it out."""
