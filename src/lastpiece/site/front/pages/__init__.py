"""Pages of the public site: each makes one call and renders one template."""
