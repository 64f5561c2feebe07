"""The blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("account", __name__, url_prefix="/coordinate/account")
