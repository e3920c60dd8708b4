"""`python -m bot` is `tinbao`."""

from bot.command import main

main()
