"""Where the pages about a show's texts live."""

from flask import Blueprint

bp = Blueprint("texts", __name__, url_prefix="/coordinate/<slug>/texts")
