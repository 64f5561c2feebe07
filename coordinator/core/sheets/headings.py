"""What columns are called in tables that people and other tools make, in English and Spanish."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

Names = Mapping[str, str]  # our name of a column, by heading


def _by_heading(columns: str) -> Names:
    """From paragraphs of ``column: heading; heading``."""
    told = re.findall(r"^(\w+): (.*?)(?=^\w|\Z)", columns, re.MULTILINE | re.DOTALL)
    return {" ".join(heading.split()): column for column, said in told for heading in said.split(";")}


SHIFTS: Final = _by_heading("""\
role: role; roles; role name; shift; shift name; shift title; job; job name; job title; task; task name; title;
    item; items; work; what; what work; position; duty; activity; station; assignment; opportunity; type; angel
    type; area name; tarea; tareas; puesto; rol; turno; trabajo; que trabajo; actividad; funcion; labor; que
date: date; day; dates; start date; shift date; event date; date of shift; on; fecha; dia; fecha del turno
starts: starts; start; start time; starts at; start at; shift start; begin; begins; begin time; beginning; from;
    time in; time from; start date time; start datetime; arrive; arrival; empieza; desde; inicio;
    comienza; hora de inicio; hora inicio; hora de entrada; entrada; de
ends: ends; end; end time; ends at; end at; shift end; finish; finishes; finish time; to; until; till; time out;
    time to; end date time; end datetime; leave; termina; hasta; fin; acaba; hora de fin; hora fin; hora
    de salida; salida; hora de termino; a
end_date: end date; finish date; until date; fecha de fin
time: time; times; when; hours; hour; shift time; shift times; time slot; timeslot; schedule; horario; hora; horas;
    cuando
length: duration; length; duration minutes; length minutes; minutes; mins; duracion; minutos
max: max; maximum; slots; spots; places; capacity; qty; quantity; quantity needed; number; number needed; no needed;
    number of slots; number of spots; number of volunteers; how many; how many needed; volunteers; volunteers
    needed; people; people needed; needed; needs; required; headcount; count; spots available; available; open
    spots; openings; seats; max volunteers; total slots; limit; cupo; cupos; maximo; plazas; vacantes; cuantos;
    cuantas; personas; personas necesarias; necesarias; necesarios; voluntarios necesarios; numero; numero de
    voluntarios; cantidad
min: min; minimum; min volunteers; at least; minimum needed; minimo; al menos; minimo de personas
place: place; location; where; location name; location slug; venue; area; room; zone; site; meeting point; address;
    lugar; ubicacion; donde; sitio; zona; sala; punto de encuentro; localizacion
person: person; name; who; volunteer; volunteer name; assigned; assigned to; filled by; taken by; signed up; full
    name; helper; staff; crew; contact; persona; nombre; quien; voluntario; voluntaria; responsable; asignado;
    asignada; nombre completo
first: first name; firstname; given name; first; nombre de pila
last: last name; lastname; surname; family name; last; apellido; apellidos
call: call; call time; call minutes; call time minutes before; arrive early; minutes early; llegada; hora de
    llegada; minutos antes
""")
PEOPLE: Final = _by_heading("""\
name: name; full name; person; volunteer; volunteer name; your name; participant; who; attendee; member; nombre;
    nombre completo; persona; voluntario; voluntaria; tu nombre; quien; nombre y apellido; nombre y apellidos
first: first name; firstname; given name; first; forename; nombre de pila; primer nombre; nombres
last: last name; lastname; surname; family name; last; apellido; apellidos
phone: phone; phone number; mobile; mobile number; mobile phone; mobile phone number; cell; cell phone; cell number;
    cell phone number; cellphone; tel; telephone; telephone number; number; contact number; phone 1; home phone;
    text number; sms; whatsapp; telefono; numero; numero de telefono; celular; movil; numero de celular; telefono
    celular; telefono movil; tel movil
email: email; e mail; email address; e mail address; mail; your email; correo; correo electronico; direccion de
    correo
prefers: prefers; prefer; told by; told first by; avisar por; preferred contact; preferred contact method; contact by;
    contact preference; how to contact;
    prefiere; contacto preferido; medio preferido
language: language; languages; lang; preferred language; texts in; speaks; idioma; idiomas; lengua; idioma
    preferido; habla
skills: skills; skill; knows; abilities; can do; certifications; experience; conocimientos; habilidades; sabe;
    experiencia
agreed_to_emails: agreed to emails; agreed to e mails; emails; e mails; may be emailed; ok to email; can we email you;
    acepta correos; correos
agreed: agreed; texts; consent; agreed to texts; may be texted; ok to text; okay to text; can we text you; can we
    text; may we text you; may we text; text ok; texting ok; text consent; sms consent; sms opt in; opt in; text
    messages; receive texts; agree to texts; agrees to texts; text me; acepta; acepta mensajes; mensajes; de
    acuerdo; consentimiento; acepta textos; podemos enviarte mensajes; acepta sms; recibir mensajes
""")
_WORDS: Final[Mapping[str, Sequence[tuple[frozenset[str], str]]]] = {  # words that decide a longer heading
    "shifts": [
        (frozenset({"start", "begin", "inicio"}), "starts"),
        (frozenset({"end", "finish", "fin"}), "ends"),
        (frozenset({"date", "fecha"}), "date"),
        (frozenset({"slots", "spots", "capacity", "cupo", "needed"}), "max"),
        (frozenset({"location", "lugar", "ubicacion"}), "place"),
        (frozenset({"role", "job", "task", "tarea"}), "role"),
    ],
    "people": [
        (frozenset({"phone", "mobile", "cell", "telefono", "celular"}), "phone"),
        (frozenset({"email"}), "email"),
        (frozenset({"text", "sms", "texts"}), "agreed"),
        (frozenset({"language", "idioma"}), "language"),
        (frozenset({"skills", "habilidades"}), "skills"),
    ],
}
ACTS: Final = _by_heading("""\
act: act; acts; act name; band; band name; artist; artists; artist name; group; ensemble; performance; acto; actos;
    banda; grupo; artista; artistas; actuacion; nombre artistico; agrupacion
""")
KNOWN: Final[Mapping[str, Names]] = {
    "shifts": SHIFTS,
    "people": PEOPLE,
    "performers": {**PEOPLE, "performer": "name", "musician": "name", "musico": "name", **ACTS},
}
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
MOST_WORDS: Final = 6


def said(heading: str) -> str:
    """The heading in lowercase, without accents, brackets, punctuation; "jobName" as two words."""
    without = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", _CAMEL.sub(" ", heading))
    spread = unicodedata.normalize("NFKD", without.casefold()).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", spread).split())


def column_of(heading: str, kind: str) -> str | None:
    """Our name of the column, for shifts, people or performers; None: it means nothing to us."""
    words = said(heading)
    known = KNOWN[kind]
    if words in known:
        return known[words]
    bare = " ".join(word for word in words.split() if word not in {"volunteer", "your", "shift", "the", "no"})
    if bare in known:
        return known[bare]
    if len(words.split()) > MOST_WORDS and kind == "shifts":
        return None
    return next(
        (
            column
            for deciding, column in _WORDS["shifts" if kind == "shifts" else "people"]
            if deciding & set(words.split())
        ),
        None,
    )
