"""What the two Zalo products, the Bot and the Official Account, have in common."""
