"""yakugo (訳語): Japanese texts on security in, a reviewed Japanese-English glossary out."""

__version__ = "0.1.0"
