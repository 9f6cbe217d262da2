"""Pictures of charts for paper."""
