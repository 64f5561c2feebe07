"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("event_facts", __name__)
