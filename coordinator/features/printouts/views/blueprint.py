"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("printouts", __name__)
