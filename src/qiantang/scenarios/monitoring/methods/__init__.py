"""Algorithms of monitoring: values in, values out."""
