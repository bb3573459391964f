"""What a shared passage is: an echo, a citation, a set phrase, a kind of copy."""
