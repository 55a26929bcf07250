"""Where things stand: all measuring happens here."""
