"""Pages: platforms for operators, consents for people, services for other sites."""
