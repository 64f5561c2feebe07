"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("check_in", __name__)
