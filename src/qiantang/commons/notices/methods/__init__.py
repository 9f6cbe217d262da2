"""Pure parts of notices: rhythm, reminders, a simulated gateway."""
