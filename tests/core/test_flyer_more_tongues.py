"""What else flyers in other languages say."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

MORE_TONGUES = [
    variant(
        "14 heures written out",
        """
        Grand concert pour les sinistrés du Val d'Orbe
        Mercredi 15 septembre 2027 – Halle aux Grains
        20 heures : Chorale L'Air du Temps
        20 heures 40 : Duo Brise-Glace
        21 heures 30 : Entracte (buvette)
        22 heures : Orage d'Été
        Fin vers minuit
        Libre participation (10 € conseillés)
        """,
        """
        20:00 | Chorale L'Air du Temps
        20:40 | Duo Brise-Glace
        21:30 | Entracte | kind=break | note=buvette
        22:00 | Orage d'Été
        """,
        date="2027-09-15",
        venue="Halle aux Grains",
        ends="00:00+1",
        donation={"suggested": 10, "currency": "EUR"},
        beneficiary_contains=["sinistrés"],
    ),
    variant(
        "14 la guinguette, latest first",
        """
        La Guinguette – jeudi 24 juin
        Le Grand Renard (22h30)
        Les Fées du Logis (21h30)
        Pic & Pioche (20h45)
        Ouverture des portes 20h
        """,
        """
        20:45 | Pic & Pioche
        21:30 | Les Fées du Logis
        22:30 | Le Grand Renard
        """,
        date="2027-06-24",
        doors="20:00",
        warns=["order_reversed"],
    ),
    variant(
        "15 halb acht und Mitternacht",
        """
        Kneipenabend für das Frauenhaus
        Do 20. Mai
        Türen: 19 Uhr
        halb acht: Die lauten Leisen
        20 Uhr 30: Grete Amsel
        21 Uhr 45: Schluckauf
        Mitternacht: Lumpen & Gold
        Eintritt: 5 €
        """,
        """
        19:30 | Die lauten Leisen
        20:30 | Grete Amsel
        21:45 | Schluckauf
        00:00+1 | Lumpen & Gold
        """,
        beneficiary_contains=["Frauenhaus"],
        date="2027-05-20",
        doors="19:00",
        donation=None,
    ),
    variant(
        "16 de las, a las y clausura",
        """
        FESTIVAL POR EL PARQUE LINEAL
        Domingo 1 de agosto de 2027
        Entrada gratuita, para todos los públicos
        de 12:00 a 12:45 Coro Amanecer
        de 13:00 a 13:50 La Charanga 14
        de 14:00 a 15:30 Comida popular
        de 16:00 a 17:00 Paca Reyes y los Suyos
        Clausura: 18:00
        """,
        """
        12:00–12:45 | Coro Amanecer
        13:00–13:50 | La Charanga 14
        14:00–15:30 | Comida popular
        16:00–17:00 | Paca Reyes y los Suyos
        """,
        beneficiary_contains=["Parque Lineal"],
        date="2027-08-01",
        age="all ages",
        ends="18:00",
    ),
    variant(
        "16 horas con letras",
        """
        Tocada de barrio para el taller de Don Chuy
        viernes 21 de mayo
        A las ocho: Los Tornillos
        A las nueve y media: Doña Tuerca
        A las once: Sonidero Martillo
        Hasta la una de la mañana
        Mayores de 18 años
        """,
        """
        20:00 | Los Tornillos
        21:30 | Doña Tuerca
        23:00 | Sonidero Martillo
        """,
        date="2027-05-21",
        age="18+",
        ends="01:00+1",
    ),
    variant(
        "17 a favor da associação",
        """
        NOITE SOLIDÁRIA
        a favor da Associação Ponte Velha
        sexta, 2 de julho, 21h
        Portas: 20h30
        21h – Teresa Mondego
        21h50 – Os Vizinhos do Lado (fado)
        22h40 – Pausa
        23h – Trovão
        00h15 – Discos do Nelo
        Donativo sugerido: 5€
        """,
        """
        21:00 | Teresa Mondego
        21:50 | Os Vizinhos do Lado | note=fado
        22:40 | Pausa | kind=break
        23:00 | Trovão
        00:15+1 | Discos do Nelo
        """,
        title="Noite Solidária",
        beneficiary="Associação Ponte Velha",
        date="2027-07-02",
        doors="20:30",
        donation={"suggested": 5, "currency": "EUR"},
    ),
    variant(
        "18 raccolta fondi",
        """
        MUSICA SOTTO LE STELLE
        raccolta fondi per il Centro Antiviolenza
        sabato 31 luglio 2027 - Piazza Vecchia
        h 19:30 soundcheck
        h 20:30 benvenuto del presidente
        h 20:45 Quartetto Ghironda
        h 21:45 cambio palco
        h 22:00 Lisa Mantovan & Band
        h 23:30 lotteria
        h 23:45 DJ Pulce
        fino alle 2:00
        """,
        """
        19:30 | soundcheck | kind=soundcheck
        20:30 | benvenuto del presidente | kind=speech
        20:45 | Quartetto Ghironda
        21:45 | cambio palco | kind=changeover
        22:00 | Lisa Mantovan & Band
        23:30 | lotteria | kind=speech
        23:45 | DJ Pulce
        """,
        beneficiary="Centro Antiviolenza",
        date="2027-07-31",
        ends="02:00+1",
        title="Musica sotto le stelle",
        venue="Piazza Vecchia",
    ),
    variant(
        "19 a date in figures with its weekday",
        """
        【チャリティ】猫の手ライブ
        6/26（土）OPEN 18:00 / START 18:30
        18:30〜19:10 クロネコ楽団
        19:20〜20:00 MIKE & TAMA
        20:10〜21:00 しっぽ
        投げ銭 500円〜
        """,
        """
        18:30–19:10 | クロネコ楽団
        19:20–20:00 | MIKE & TAMA
        20:10–21:00 | しっぽ
        """,
        date="2027-06-26",
        doors="18:00",
        show="18:30",
    ),
]


@pytest.mark.parametrize("flyer", MORE_TONGUES, ids=str)
def test_a_flyer_in_another_language_is_read_whatever_it_says(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
