"""Every promised language on every placement, with a short, a normal and a very long story."""
