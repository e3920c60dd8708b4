"""What all channels share on the way out: the courier that sends, and what it needs."""
