"""Formats of the German Patent and Trade Mark Office (DPMAconnectPlus): patents and utility models, designs, hit lists."""
