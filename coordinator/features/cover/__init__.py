"""Shifts at risk: who may not come, whom we ask instead, who is on standby."""
