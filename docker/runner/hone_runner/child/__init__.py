"""What runs in the script's own process, around the user's code."""
