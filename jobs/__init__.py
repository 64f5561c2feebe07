"""What happens by itself: one clock, its timetable, jobs that fit on a screen. Any number of these may run."""
