"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("shift_plan", __name__)
