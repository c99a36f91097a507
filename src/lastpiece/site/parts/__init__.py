"""HTML components: one function, one template and one style sheet of the same name."""
