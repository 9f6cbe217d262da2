"""The delivery engine: messages that leave the house. Known by its port."""
