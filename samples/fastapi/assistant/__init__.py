"""A web service that asks a secured prediction endpoint as the user who asks it."""
