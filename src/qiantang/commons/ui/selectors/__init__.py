"""What the components read: words of patent practice, and charts in the reader's language."""
