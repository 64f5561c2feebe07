"""Who is told how long before what, and in which words."""
