"""One process of Tin Báo: its settings, what it is put together from, how it starts and stops."""
