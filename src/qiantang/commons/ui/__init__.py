"""The lowest common room: how everything looks. Frames, components, words, and the gallery that shows them."""
