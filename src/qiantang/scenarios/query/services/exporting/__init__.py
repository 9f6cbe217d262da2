"""All hits of a query as a file: at once where they are few, as a job with progress where they are many."""
