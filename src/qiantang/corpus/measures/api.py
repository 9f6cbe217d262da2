"""The front door of the measures; metrics are asked for in ``commons.metrics``."""

__all__: list[str] = []
