"""What becomes of a review when something happens around it (docs/explanation/review-outcomes.md).

One module per event. Each tells the people concerned by mail, writes to the log,
and leaves it to the publish gate that nothing unapproved goes public.
"""
