"""The proof that no reviewer's decision is lost, whoever else decides, and whatever breaks.

world.py      a small termbase, what is in it at a moment, and whether its history adds up
filling.py    what a colleague does to a workbook for review: cells, rows, columns
verdict.py    what must be so after such a workbook was taken over
reviewers.py  three reviewers on the screen, by the API and with workbooks, in random order
killed.py     a process that is killed while it decides or imports
writers.py    two processes that write at once
"""
