"""The ways in and out of Tin Báo: the process, the command line, intake, delivery, and a folder for each channel."""
