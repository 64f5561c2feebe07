"""What every command needs: reading files, and failing with one clear sentence."""
