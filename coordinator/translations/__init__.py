"""The catalogs: every sentence that a person reads, and how it is said in another language.

``python -m coordinator.translations`` (``make translations``) reads all sentences from code and templates, keeps the
translations there are, writes ``messages.po`` in a steady order and compiles ``messages.mo`` beside it; both are
committed. What is not translated yet is at the end of its output, and exit status 1 says that there is some.
Translate in ``es/LC_MESSAGES/messages.po`` and run it once more. Words in sentences are named: ``%(name)s``.
"""
