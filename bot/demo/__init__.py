"""The demo: three chats in the browser, and a scripted story in the terminal."""
