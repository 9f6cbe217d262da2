"""Indicators of the quality of patents: formulas for one, passes over all, and the same as SQL.

``formulas`` says what each indicator is, ``indicators`` computes them for every patent, ``statement`` is the definition as SQL,
against which the passes are tested row by row.
"""
