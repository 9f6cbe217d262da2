"""What texts mean: words as numbers, learnt once for a register, and rankings made of them."""
