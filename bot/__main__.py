"""`python -m bot` runs the command `tinbao`."""

from bot.cli.command import main

main()
