"""Formats of the European Patent Office: DOCDB exchange documents, answers of Open Patent Services, full texts.

``numbering`` and ``exchange`` are shared: OPS answers carry exchange documents in a dialect of DOCDB's.
"""
