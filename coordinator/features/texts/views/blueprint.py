"""The blueprint of the pages about a show's texts."""

from flask import Blueprint

bp = Blueprint("texts", __name__, url_prefix="/coordinate/<slug>/texts")
