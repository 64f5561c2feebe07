"""Twilio's webhooks: an inbound text, or the status of one of ours."""
