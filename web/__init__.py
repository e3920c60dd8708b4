"""What all our web pages share, for residents and staff: headers, form tokens, cookies, rate limits, templates,
server-sent events. It knows no chat and no case."""
