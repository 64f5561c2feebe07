"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("dead_air", __name__)
