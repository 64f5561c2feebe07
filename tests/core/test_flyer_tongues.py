"""Flyers in other languages, in figures that count to 24 and in other scripts."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

TONGUES = [
    variant(
        "14 français",
        """
        CONCERT AU PROFIT DE LA BANQUE ALIMENTAIRE DU PORT
        vendredi 4 juin 2027
        Portes : 18h30
        19h - LES MARÉES BASSES (accordéon)
        19H45 - ROSE QUENTIN
        20h30 - Pause
        20h45 - TRIO DES QUAIS
        Vers 22h - Bal des Marins
        Fin à minuit
        Entrée libre – 3 bis, quai de la Fosse – tél. 02 55 00 45 10
        """,
        """
        19:00 | Les Marées Basses | note=accordéon
        19:45 | Rose Quentin
        20:30 | Pause | kind=break
        20:45 | Trio des Quais
        22:00 | Bal des Marins | approx
        """,
        date="2027-06-04",
        doors="18:30",
        ends="00:00+1",
        beneficiary_contains=["Banque alimentaire du Port"],
        kept=["quai de la Fosse"],
        warns_not=["guessed_pm"],
    ),
    variant(
        "14 français, jusqu'à, tombola et don conseillé",
        """
        Soirée solidaire pour les Restos du Coin
        Le samedi 19 juin, à la Salle Jean-Moulin
        Ouverture : 19h30 / Début : 20h
        20h : Mot de bienvenue
        20h10 : Petite Ourse
        21h05 : Tombola
        21h20 : Cirque Blanc
        Jusqu'à 1h du matin
        Don conseillé : 8 €
        """,
        """
        20:00 | Mot de bienvenue | kind=speech
        20:10 | Petite Ourse
        21:05 | Tombola | kind=speech
        21:20 | Cirque Blanc
        """,
        date="2027-06-19",
        doors="19:30",
        show="20:00",
        ends="01:00+1",
        donation={"suggested": 8, "currency": "EUR"},
        beneficiary_contains=["Restos du Coin"],
    ),
    variant(
        "15 Deutsch",
        """
        Benefizkonzert zugunsten der Stadtbücherei Süd
        Samstag, 12. Juni 2027, Altes Pfarrhaus
        Einlass: 19 Uhr / Beginn: 20 Uhr / Ende: 0 Uhr
        20 Uhr Eröffnung durch Bürgermeister Klein
        20.10 Uhr: Nebelkrähe
        21.00 Uhr: Umbaupause
        21.15 Uhr: Die Zaungäste
        22.00 Uhr: Pause
        22.20 Uhr: „Blech & Schwefel“
        Eintritt frei, um Spenden wird gebeten
        """,
        """
        20:00 | Eröffnung durch Bürgermeister Klein | kind=speech
        20:10 | Nebelkrähe
        21:00 | Umbaupause | kind=changeover
        21:15 | Die Zaungäste
        22:00 | Pause | kind=break
        22:20 | Blech & Schwefel
        """,
        venue="Altes Pfarrhaus",
        beneficiary_contains=["Stadtbücherei Süd"],
        date="2027-06-12",
        doors="19:00",
        show="20:00",
        ends="00:00+1",
        kept=["Spenden wird gebeten"],
    ),
    variant(
        "15 Deutsch, bis und ca.",
        """
        Soli-Abend für das Frauenhaus West
        Fr, 02.07.2027
        Einlass ab 18:30 Uhr
        19:00 – Lichtung
        19:45 – Umbau
        20:00 – Wanda Kratz (Solo)
        ca. 21:00 – Tanz in den Sommer
        bis 23 Uhr
        Spendenempfehlung: 10 €
        """,
        """
        19:00 | Lichtung
        19:45 | Umbau | kind=changeover
        20:00 | Wanda Kratz | note=Solo
        21:00 | Tanz in den Sommer | approx
        """,
        beneficiary_contains=["Frauenhaus West"],
        date="2027-07-02",
        doors="18:30",
        ends="23:00",
        donation={"suggested": 10, "currency": "EUR"},
    ),
    variant(
        "16 español",
        """
        CONCIERTO BENÉFICO por la escuela Río Claro
        Viernes 11 de junio de 2027
        Puertas: 19.30h
        20.00h Bienvenida
        20.15h La Tercera Orilla
        21.30h Intermedio
        21.50h Pablo Sosa (solo)
        23.00h Rumba del Solar
        00.30h DJ Niebla
        Hasta las 3.00h
        Aportación sugerida: 7 €
        """,
        """
        20:00 | Bienvenida | kind=speech
        20:15 | La Tercera Orilla
        21:30 | Intermedio | kind=break
        21:50 | Pablo Sosa | note=solo
        23:00 | Rumba del Solar
        00:30+1 | DJ Niebla
        """,
        beneficiary_contains=["Río Claro"],
        date="2027-06-11",
        doors="19:30",
        ends="03:00+1",
        donation={"suggested": 7, "currency": "EUR"},
    ),
    variant(
        "16 español, a las",
        """
        Gala a beneficio del Refugio Las Huellas
        sábado 5 de junio
        Apertura: 18:30 h
        a las 19:00 Coro del Barrio
        a las 20:15 Sorteo
        a las 20:30 Los Martes
        sobre las 22:00 Trasnoche
        Cierre: 01:00 h
        """,
        """
        19:00 | Coro del Barrio
        20:15 | Sorteo | kind=speech
        20:30 | Los Martes
        22:00 | Trasnoche | approx
        """,
        beneficiary_contains=["Refugio Las Huellas"],
        date="2027-06-05",
        doors="18:30",
        ends="01:00+1",
    ),
    variant(
        "17 português",
        """
        Show beneficente do Lar Esperança
        Sábado, 19 de junho de 2027
        Abertura dos portões: 17h30
        às 18h – Boas-vindas
        às 18h15 – Samba do Beco
        às 19h45 – intervalo
        às 20h – Clara Nogueira
        à meia-noite – Baile do Fim
        Ingresso solidário: 2 kg de arroz
        """,
        """
        18:00 | Boas-vindas | kind=speech
        18:15 | Samba do Beco
        19:45 | intervalo | kind=break
        20:00 | Clara Nogueira
        00:00+1 | Baile do Fim
        """,
        date="2027-06-19",
        doors="17:30",
        beneficiary_contains=["Lar Esperança"],
        kept=["2 kg de arroz"],
    ),
    variant(
        "17 português, por volta das, até",
        """
        Noite em prol da Creche Sol Nascente
        domingo, 6 de junho
        Portas: 16h
        16h30 - Roda de Choro
        18h - Leilão
        18h20 - Zé do Cais
        por volta das 20h - Forró do Quintal
        até às 22h
        Contribuição sugerida: R$ 15
        """,
        """
        16:30 | Roda de Choro
        18:00 | Leilão | kind=speech
        18:20 | Zé do Cais
        20:00 | Forró do Quintal | approx
        """,
        date="2027-06-06",
        doors="16:00",
        ends="22:00",
        beneficiary_contains=["Creche Sol Nascente"],
    ),
    variant(
        "18 italiano",
        """
        Concerto a favore della Mensa di San Rocco
        sabato 26 giugno 2027
        ore 19.30 apertura cancelli
        ore 20.30 Saluti del sindaco
        ore 20.45 Lucia Ferri
        ore 21.40 intervallo
        ore 22.00 Banda Larga (fiati)
        ore 23.30 Ultima Corsa
        ore 24.00 chiusura
        Ingresso a offerta libera
        """,
        """
        20:30 | Saluti del sindaco | kind=speech
        20:45 | Lucia Ferri
        21:40 | intervallo | kind=break
        22:00 | Banda Larga | note=fiati
        23:30 | Ultima Corsa
        """,
        date="2027-06-26",
        doors="19:30",
        ends="00:00+1",
        beneficiary_contains=["Mensa di San Rocco"],
        kept=["offerta libera"],
    ),
    variant(
        "18 italiano, alle e fino alle",
        """
        Festa per il Canile di Valle Scura
        domenica 13 giugno
        Apertura porte alle 18:00
        alle 19:00 I Lupi
        alle 20:00 lotteria
        alle 20:15 Nina Sarti e Gino
        verso le 21:30 Balera
        Fino alle 0.30
        Offerta consigliata: 5 euro
        """,
        """
        19:00 | I Lupi
        20:00 | lotteria | kind=speech
        20:15 | Nina Sarti e Gino
        21:30 | Balera | approx
        """,
        date="2027-06-13",
        doors="18:00",
        ends="00:30+1",
        donation={"suggested": 5, "currency": "EUR"},
        beneficiary_contains=["Canile di Valle Scura"],
    ),
    variant(
        "19 日本語",
        """
        チャリティー音楽祭「海辺の図書館へ」
        2027年7月11日（日）
        16:00開場／16:30開演
        16:30 主催者挨拶 16:40 あおいとり 17:30 THE NAPS 18:20 休憩 18:40 小川ゆき 19:30 満月楽団
        20：15 終演
        """,
        """
        16:30 | 主催者挨拶 | kind=speech
        16:40 | あおいとり
        17:30 | THE NAPS
        18:20 | 休憩 | kind=break
        18:40 | 小川ゆき
        19:30 | 満月楽団
        """,
        date="2027-07-11",
        doors="16:00",
        show="16:30",
        ends="20:15",
        title_contains=["海辺の図書館へ"],
    ),
    variant(
        "19 日本語、時と分",
        """
        春のチャリティーコンサート
        5月16日(日) 会場：みなとホール
        開場 13時30分 / 開演 14時
        14時 はじまりの挨拶
        14時10分 こだま
        15時 休憩
        15時15分 ヤマネ・トリオ
        16時30分 終演
        """,
        """
        14:00 | はじまりの挨拶 | kind=speech
        14:10 | こだま
        15:00 | 休憩 | kind=break
        15:15 | ヤマネ・トリオ
        """,
        date="2027-05-16",
        doors="13:30",
        show="14:00",
        ends="16:30",
    ),
    variant(
        "19 full-width figures and colons",
        """
        夜の音楽会
        開場１８：００　開演１８：３０
        １８：３０　ほたる
        １９：１５　川音
        ２０：００　抽選会
        """,
        """
        18:30 | ほたる
        19:15 | 川音
        20:00 | 抽選会 | kind=speech
        """,
        doors="18:00",
        show="18:30",
        title="夜の音楽会",
    ),
    variant(
        "14 français, aux alentours de et un nom de lieu",
        """
        CONCERT SOLIDAIRE POUR LE REFUGE DES CHATS
        Dimanche 6 juin 2027 – Café de la Gare
        Portes 17h30 – Concert 18h
        18h - LES CHIENS BLEUS (quatuor)
        18H50 - ANNA & PAUL (duo)
        19h40 - Changement de plateau
        20h - FANFARE DU PORT
        aux alentours de 21h15 - Bœuf général
        Jusqu'à 22h30
        Au chapeau – 8, place du Marché – rés. 06 55 00 11 22
        """,
        """
        18:00 | Les Chiens Bleus | note=quatuor
        18:50 | Anna & Paul | note=duo
        19:40 | Changement de plateau | kind=changeover
        20:00 | Fanfare du Port
        21:15 | Bœuf général | approx
        """,
        venue="Café de la Gare",
        beneficiary="Refuge des Chats",
        date="2027-06-06",
        doors="17:30",
        show="18:00",
        ends="22:30",
        kept=["place du Marché"],
    ),
    variant(
        "15 Deutsch, Pause mit Verlosung",
        """
        Kleinkunst für das Hospiz am Wald
        Sa., 19. Juni 2027, Gasthaus Krone
        Einlass 18 Uhr, Beginn 19 Uhr, Ende ca. 22.30 Uhr
        19 Uhr: Grußwort der Bürgermeisterin
        19:10 Uhr: Duo Federleicht
        19:55 Uhr: Umbau
        20:05 Uhr: Die Zwölf Apostel
        20:50 Uhr: Pause mit Verlosung
        21:20 Uhr: „Stilles Wasser“
        Eintritt: Spende (Empfehlung 10 €)
        """,
        """
        19:00 | Grußwort der Bürgermeisterin | kind=speech
        19:10 | Duo Federleicht
        19:55 | Umbau | kind=changeover
        20:05 | Die Zwölf Apostel
        20:50 | Pause mit Verlosung | kind=break
        21:20 | Stilles Wasser
        """,
        venue="Gasthaus Krone",
        beneficiary="Hospiz am Wald",
        date="2027-06-19",
        doors="18:00",
        show="19:00",
        ends="22:30",
        donation={"suggested": 10, "currency": "EUR"},
    ),
]


@pytest.mark.parametrize("flyer", TONGUES, ids=str)
def test_a_flyer_is_read_in_its_own_language(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
