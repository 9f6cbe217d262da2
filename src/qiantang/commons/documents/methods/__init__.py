"""Filling templates: values in, values out."""
