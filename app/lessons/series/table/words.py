"""Names of months and weekdays, and of columns, in the languages that files come in. No streamlit, no torch."""

from __future__ import annotations

import re
import unicodedata

MONTHS = (
    "january jan janvier janv januar jän jänner enero ene gennaio gen janeiro januari jan stycznia",
    "february feb février févr fév februar febrero febbraio fevereiro fev februari lutego",
    "march mar mars märz mrz mär marzo março maart mrt marca",
    "april apr avril avr abril abr aprile kwietnia",
    "may mai mayo maggio mag maio mei maj maja",
    "june jun juin juni junio giugno giu junho czerwca",
    "july jul juillet juil juli julio luglio lug julho lipca",
    "august aug août aout agosto ago augustus augusti sierpnia",
    "september sep sept septembre septiembre settembre set setembro września",
    "october oct octobre oktober okt octubre ottobre ott outubro out października",
    "november nov novembre noviembre novembro listopada",
    "december dec décembre déc dezember dez diciembre dic dicembre dezembro december grudnia",
)
WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun "
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonntag so "
    "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim "
    "lunes martes mié miércoles jueves jue viernes vie sábado sáb domingo dom t2 t3 t4 t5 t6 t7 cn"
)
TIMES = {
    "date": "date dates datum data fecha ds dtyyyymmdd yyyymmdd observationdate tradingdate "
    "ngaygiaodich tradedate datemmddyyyy dateddmmyyyy",
    "time": "time times timestamp ts unix unixtime epoch datetime zeit heure hora gio utc utctime localtime opentime "
    "thoigian uhrzeit zeitstempel datumuhrzeit datetimeutc timeutc timestampms unixtimestamp zeitpunkt moment t when "
    "timestamputc closetime index period periode zeitraum kyten ky thoidiem horodatage",
    "year": "year years yr jahr annee an ano anno nam jaar yyyy yil rok",
    "month": "month months mon mo monat mois mes mese thang maand mm monthnumber",
    "day": "day dayofmonth dd tag jour dia giorno ngay dag dom",
    "hour": "hour hours hr hh stunde heure hora ora gio uur heureutc",
    "minute": "minute min minuten minutes phut minuto",
    "second": "second sec sekunde seconds giay",
    "quarter": "quarter qtr quartal trimestre quy q kwartaal",
    "week": "week weeks wk woche kw semaine semana settimana tuan weeknumber isoweek weekofyear",
    "yearday": "doy dayofyear yday julianday",
}
KINDS = {name: {*words.split()} for name, words in TIMES.items()}
TARGETS = (
    "close schlusskurs schluss cloture cierre giadongcua dongcua closeprice closingprice last lastprice closelast "
    "dernier zuletzt lancuoi adjclose gia price kurs preis prix precio value wert valeur valor giatri y target ot "
    "pm25 sales umsatz doanhthu demand load tdegc temperature cnt count total traffic consumption passengers births"
)
SPOKEN = (
    "datum wert preis besucher umsatz ngay gia nam thang quy tuan valeur prix jour mois heure annee fecha valor precio "
    "zeit kurs jahr monat woche tag schlusskurs giatri giorno mese anno prezzo dia mes"
)
INDEXES = {"", "no", "nr", "index", "id", "stt", "row", "rownum", "unnamed0", "#", "n", "lfdnr", "rowid", "rownumber"}
OTHER_TONGUES = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹäöüß]", re.IGNORECASE)


def key(name: str) -> str:
    """A name as it is compared: small letters and figures, without marks of any kind."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(sign for sign in plain if sign.isalnum() and not unicodedata.combining(sign))


MONTH = {key(word): number for number, words in enumerate(MONTHS, 1) for word in words.split()}
TARGET, SPEECH = {*TARGETS.split()}, {*SPOKEN.split()}
WEEKDAY = {key(word) for word in WEEKDAYS.split()}


def kind_of(name: str) -> str:
    """Which part of a time a heading names: a key of `KINDS`, or nothing."""
    whole = key(name)
    parts = [key(part) for part in re.split(r"[\s_\-()\[\]/<>:.]+", name) if key(part)]
    for candidates in ([whole], parts[-1:], parts[:1]):
        for each in candidates:
            if found := next((kind for kind, words in KINDS.items() if each in words), ""):
                return found
    return next(("date" for part in parts if part in ("date", "datum", "ngay")), "")


def is_target(name: str) -> bool:
    whole = key(name)
    return whole in TARGET or any(key(part) in TARGET for part in re.split(r"[\s_\-()\[\]<>,:]+", name) if part)


def day_first(text: str) -> bool:
    """Whether a heading is in a language that writes the day before the month, and a comma before decimals."""
    words = {key(part) for part in re.split(r"[\s_;,<>]+", text)}
    return bool(OTHER_TONGUES.search(text)) or bool(words & SPEECH)
