"""One door a kind of file, and one kind of error behind all of them."""
