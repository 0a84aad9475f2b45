"""The drill: flashcards in the terminal, each asked again when it would be forgotten."""
