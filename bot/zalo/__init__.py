"""What the two Zalo products share, the Bot and the Official Account."""
