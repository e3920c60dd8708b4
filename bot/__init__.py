"""The process, the command line, the intake and delivery of messages, and one package for each channel."""
