"""Settings: ``base`` is composed of ``parts``; ``dev``, ``test`` and ``prod`` finish it."""
