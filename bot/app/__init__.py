"""One process of Tin Báo: its settings, its parts, its start and its end."""
