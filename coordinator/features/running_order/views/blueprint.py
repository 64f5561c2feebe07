"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("running_order", __name__)
