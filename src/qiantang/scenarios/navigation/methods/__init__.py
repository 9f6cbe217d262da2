"""Algorithms of navigation: values in, values out."""
