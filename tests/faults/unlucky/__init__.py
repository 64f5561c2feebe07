"""Callboard's own processes on a machine whose disk fills up and whose clock jumps, controlled by the rehearsal."""
