"""What all pages of ours share, the residents' chat and the staff's: headers, form tokens, cookies, limits, templates,
lines that come by themselves. It knows no chat and no case."""
