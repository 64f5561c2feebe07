"""Running the installation: health, doctor, backup, pausing all texts."""
