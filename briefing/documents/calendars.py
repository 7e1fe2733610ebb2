"""The words that dates are written with: months, weekdays, time zones, and what says "published" or "updated"."""

from __future__ import annotations

# Not here: "listopada", November in Polish and October in Croatian.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari stycznia января січня ocak",
            "feb february februar février fevrier febrero febbraio fevereiro februari lutego февраля лютого şubat",
            "mar march märz mrz mars marzo março maart marca марта березня mart",
            "apr april avril abril aprile kwietnia апреля квітня nisan",
            "may mai mayo maggio maio mei maj maja мая травня mayis",
            "jun june juni juin junio giugno junho czerwca июня червня haziran",
            "jul july juli juillet julio luglio julho lipca июля липня temmuz",
            "aug august août aout agosto augustus augusti sierpnia августа серпня ağustos",
            "sep sept september septembre septiembre settembre setembro września сентября вересня eylül",
            "oct october okt oktober octobre octubre ottobre outubro października октября жовтня ekim",
            "nov november novembre noviembre novembro ноября листопада kasim",
            "dec december dez dezember décembre decembre diciembre dicembre dezembro grudnia декабря грудня aralik",
        ),
        start=1,
    )
    for name in names.split()
}
#: English weekdays by their first three letters.
WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
#: Hours from UTC. Only names that mean one offset: "IST" is India, Israel and Ireland, "CST" Chicago and Shanghai,
#: "BST" London and Dhaka, and "ET" changes with the season.
ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "cdt": -5,
    "pst": -8,
    "pdt": -7,
    "cet": 1,
    "cest": 2,
    "mez": 1,
    "mesz": 2,
    "eet": 2,
    "eest": 3,
    "sast": 2,
    "msk": 3,
    "jst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}
#: Alternatives of a pattern, small letters.
PUBLISHED = (
    "published|posted|first published|created|veröffentlicht|erstellt|publié|publiée|publicado|publicada|pubblicato"
    "|gepubliceerd|publicerad|publicerat|opublikowano|опубликовано|опубліковано|yayınlanma"
)
UPDATED = (
    "updated?|(?:last )?(?:modified|edited|changed)|aktualisiert|geändert|mis(?:e)? à jour|modifié|actualizado"
    "|actualizada|aggiornato|atualizado|atualizada|bijgewerkt|uppdaterad|uppdaterat|zaktualizowano|aktualizacja"
    "|обновлено|оновлено|güncellenme|güncelleme"
)


def folded(word: str) -> str:
    """Fold what a pattern that ignores case takes for one letter: ſ for s, ı and İ for i.

    >>> [folded(word) for word in ("May", "KASIM", "Kasım", "AUGUſT", "NİSAN")]
    ['may', 'kasim', 'kasim', 'august', 'nisan']
    """
    return word.casefold().replace("ı", "i").replace("i\u0307", "i")
