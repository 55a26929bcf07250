"""The rendering library of Attaché: a story and a brand in, platform-ready files out."""
