"""Pages for readers: one module a subject, each view one question to the domain."""
