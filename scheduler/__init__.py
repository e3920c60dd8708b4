"""Runs what is due: wakes up, reads the due timers, calls their handlers. Holds no rules of its own."""
