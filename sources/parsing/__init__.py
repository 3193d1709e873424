"""Text and metadata of HTML, PDF, Word and plain files, read in a process of its own.

Only ``sandbox`` is imported by the rest of the program; everything else runs in the
child process, knows nothing of Django and may be killed at any time.
"""
