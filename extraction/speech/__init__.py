"""Who said what: cue words, their grammar, and quotations joined to their speakers."""
