channel-tiny = our Tiny
