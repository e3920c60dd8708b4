"""The command line `tinbao`."""
