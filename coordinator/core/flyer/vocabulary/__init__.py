"""The meaning of words, in all supported languages of flyers."""
