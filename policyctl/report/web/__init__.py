"""What our HTML documents have in common: colours, frame, and a content policy that lets nothing in from outside."""
