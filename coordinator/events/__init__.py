"""An event: its venue, stages, curfews, beneficiary, people, publication."""
