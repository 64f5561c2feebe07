"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("boards", __name__)
