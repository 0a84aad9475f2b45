"""What translators do with the reviewed glossary: look a term up."""
