"""What the network calls, what a coordinator sees of simulated phones, and what watches over the installation."""

from . import health, phones, webhooks
from .blueprint import bp

__all__ = ["bp", "health", "phones", "webhooks"]
