"""Telegram. Reading and the web address are light; `send` brings in aiogram, which takes seconds to import."""
