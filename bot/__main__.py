"""`python -m bot` is `tinbao`."""

from bot.cli.command import main

main()
