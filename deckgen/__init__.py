"""Turn what an interview teaches into Anki decks for learning Chinese and English."""

__version__ = "0.1.0"
