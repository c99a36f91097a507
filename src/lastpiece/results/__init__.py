"""Results: what came of it, what may be published, and how it is told back."""
