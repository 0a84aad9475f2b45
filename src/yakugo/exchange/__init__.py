"""The termbase and the tables that people fill: workbooks for review, glossaries of their own."""
