"""Charts, one a file: values in, a frame out."""
