"""Checking in: the shift sheet, the code by the stage door, the kiosk."""
