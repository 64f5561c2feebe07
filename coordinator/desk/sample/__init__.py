"""The sample night: what a newcomer sees in the first minute."""

from .night import SLUG, add_sample, sample_document, sample_owner

__all__ = ["SLUG", "add_sample", "sample_document", "sample_owner"]
