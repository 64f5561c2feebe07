"""What can be done with an event: make it, change it, show it to the public, give it stages."""

from .cast import add_all_to_cast, add_to_cast, mark_stage_manager
from .events import (
    CannotPublish,
    EventChanges,
    NoTitle,
    SlugIsTaken,
    create_event,
    edit_event,
    pause_texts,
    publish,
    resume_texts,
    set_doors,
    unpublish,
)
from .locking import lock_event
from .names import free_key, free_slug, key_from
from .stages import add_stage, edit_stage, set_curfew

__all__ = [
    "CannotPublish",
    "EventChanges",
    "NoTitle",
    "SlugIsTaken",
    "add_all_to_cast",
    "add_stage",
    "add_to_cast",
    "create_event",
    "edit_event",
    "edit_stage",
    "free_key",
    "free_slug",
    "key_from",
    "lock_event",
    "mark_stage_manager",
    "pause_texts",
    "publish",
    "resume_texts",
    "set_curfew",
    "set_doors",
    "unpublish",
]
