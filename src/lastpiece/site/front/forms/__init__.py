"""What the public site asks, and how it checks what comes back."""
