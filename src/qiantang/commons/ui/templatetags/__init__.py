"""Template tags and filters: ``ui`` for form, ``patent_words`` for the words of patent practice."""
