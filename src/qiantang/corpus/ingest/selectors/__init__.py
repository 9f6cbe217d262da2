"""Reads of ingest: runs and refused rows, saved mappings and what a table would give with one."""
