"""Sentence pairs, a translator's past work → what each Japanese term is translated by."""

from yakugo.parallel.mining import mine as mine
