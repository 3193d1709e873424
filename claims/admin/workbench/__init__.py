"""The analysts' daily work: the queue, the text with its evidence, decisions, bulk import."""
