"""The service hall: the first page, and what a person has to do with the city."""
