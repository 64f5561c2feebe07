"""Facts of the night: started, ended, late, cancelled; and the projection."""
