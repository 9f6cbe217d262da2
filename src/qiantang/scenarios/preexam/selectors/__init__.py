"""Reads: checks that store nothing, subjects, agencies, drafts and their examination."""
