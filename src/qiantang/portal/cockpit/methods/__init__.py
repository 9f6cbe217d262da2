"""The form and the signature of the feed: values in, values out."""
