"""Writes: subjects, agencies, drafts and their examination, what people say of findings."""
