"""From printed hours to the wall times of one night."""
