"""The demo: three chats in the browser, and the whole story in the terminal."""
