"""Judging by rules: values in, values out."""
