"""Search engines beside ours: one made-up corpus, the same questions, the right answers, and one module an engine."""
