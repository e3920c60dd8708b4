"""The public web chat: a channel whose platform is ourselves."""
