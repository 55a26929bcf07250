"""Clips: footage with captions and an end card, cut to every platform that shows them."""
