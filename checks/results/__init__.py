"""What comes of the answers: strengths, needs, suggestions, and the way to the house."""
