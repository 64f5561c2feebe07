"""Phrases of both languages: letters, digits, emoji, and carrier keywords."""

from ..kinds import Kind

PHRASES = {
    Kind.YES_LETTER: "c",
    Kind.NO_LETTER: "x",
    Kind.YES_FIGURE: "1",
    Kind.NO_FIGURE: "2",
    Kind.NO: "no; <no>",
    Kind.ASSENT: "ok/okay/okey/oki/okis/k/kk/super; <ok>",
    Kind.STOP: "stop/unsubscribe",
    Kind.STOP_WORD: "stopall/revoke/optout; stop all; opt out",
    Kind.GIVE_UP: "cancel/end/quit",
    Kind.START: "start/unstop",
    Kind.HELP: "help/info",
    Kind.GO: "go",
    Kind.DONE: "done",
    Kind.STATUS: "status",
    Kind.MINUTES: "<minutes>",
    Kind.AT: "<when>",
    Kind.NAME: "<name> [<name>] [<name>]",
    Kind.KISSES: "xx/xoxo",
    Kind.EMOJI: "<emoji>",
    Kind.SAD: "<sad>",
    Kind.DOUBT: "<doubt>",
}
