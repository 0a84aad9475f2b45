"""What a learner learns of the glossary: which concepts first, and what a flashcard shows."""
