"""`make survival`: applications come in while all they depend on is killed, stopped or full."""
