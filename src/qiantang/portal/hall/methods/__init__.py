"""The hall's logic: values in, values out."""
