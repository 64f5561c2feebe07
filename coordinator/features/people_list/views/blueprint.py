"""The blueprint of the pages about everybody of a show."""

from flask import Blueprint

bp = Blueprint("people_list", __name__)
