"""The one signal of the project: sources announce a stored document, claims listen."""

from django.dispatch import Signal

# Sent with ``document=`` inside the transaction that stores it, so that what listeners
# enqueue is committed together with the document.
document_stored = Signal()
