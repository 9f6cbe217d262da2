"""Qiantang (钱塘): the open platform with which a city runs its public services for intellectual property."""
