<<<<<<< HEAD
"""Pure parts of the search desk."""
=======
"""Algorithms of the search desk: values in, values out."""
>>>>>>> 6de9f1b (Saved queries with alerts: exactly what is new or other since it was last told)
