"""The report of a show: planned and played, texts, people, money; sent, printed, and the show put away."""
