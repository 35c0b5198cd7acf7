"""What a character may be: pure decisions on text and colours."""
