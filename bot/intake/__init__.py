"""What all channels share on the way in: webhooks, updates, messages that cannot be read, files that people sent."""
