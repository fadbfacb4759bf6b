"""Tables of many shapes, each with what must be read from it: our own numbers, in the ways that people's files come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

N = 60
VALUES = [round(30 + (k * 7919 % 101) / 10, 1) for k in range(N)]
WHOLE = [1200 + k * 7919 % 977 for k in range(N)]
DAYS = pd.date_range("2021-03-01", periods=N, freq="D")  # a Monday
WORK = pd.bdate_range("2021-03-01", periods=N)
MONTHS = pd.date_range("2015-01-01", periods=N, freq="MS")
HOURS = pd.date_range("2021-03-01", periods=N, freq="h")


@dataclass(frozen=True, eq=False)
class Shape:
    """A file, and what it must give; doubts and notes are all that there may be."""

    name: str
    data: bytes
    dates: Sequence[object] = ()
    values: Sequence[float] = ()
    frequency: str = ""
    season: int = 0
    time: tuple[str, ...] | None = None
    target: str | None = None
    doubts: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    error: tuple[str, int, str] | None = None
    answers: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, object] = field(default_factory=dict)


SHAPES: list[Shape] = []
SEASONS = {"day": 7, "business": 5, "week": 52, "month": 12, "quarter": 4, "year": 1, "hour": 24, "half": 2, "count": 1}


def add(
    name: str,
    text: str | bytes,
    dates: Sequence[object] = (),
    values: Sequence[float] = (),
    frequency: str = "day",
    **rest: object,
) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    if "season" not in rest:
        rest["season"] = SEASONS.get(frequency, 1)
    SHAPES.append(Shape(name, data, dates, values, frequency, **rest))  # type: ignore[arg-type]


def lines(head: str, row: Callable[[int], str], count: int = N, end: str = "\n") -> str:
    return end.join([*([head] if head else []), *(row(k) for k in range(count))]) + end


def day(form: str, dates: Sequence[pd.Timestamp] = DAYS) -> Callable[[int], str]:
    return lambda k: dates[k].strftime(form)


ISO = day("%Y-%m-%d")


def plain(k: int) -> str:
    return f"{VALUES[k]}"


# ---- cut into cells --------------------------------------------------------------------------------------------------

for name, mark in {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}.items():
    add(f"cut by a {name}", lines(f"Date{mark}Rain", lambda k, mark=mark: f"{ISO(k)}{mark}{plain(k)}"), DAYS, VALUES)
SIMPLE = lines("Date,Rain", lambda k: f"{ISO(k)},{plain(k)}")
add("CRLF", SIMPLE.replace("\n", "\r\n"), DAYS, VALUES)
add("CR", SIMPLE.replace("\n", "\r"), DAYS, VALUES)
add("no newline at the end", SIMPLE[:-1], DAYS, VALUES)
add("empty lines between", SIMPLE.replace("\n", "\n\n"), DAYS, VALUES)
add("lines of marks alone", SIMPLE.replace("\n", "\n,\n", 9), DAYS, VALUES)
add("each line quoted", "".join(f'"{line}"\n' for line in SIMPLE.splitlines()), DAYS, VALUES)
add("all quoted", lines('"Date","Rain"', lambda k: f'"{ISO(k)}","{plain(k)}"'), DAYS, VALUES)
add("a space before quotes", lines("Date, Rain", lambda k: f'{ISO(k)}, "{plain(k)}"'), DAYS, VALUES)
add("a mark behind each row", lines("Date,Rain,", lambda k: f"{ISO(k)},{plain(k)},"), DAYS, VALUES)
add("three marks behind each row", lines("Date;Rain;;;", lambda k: f"{ISO(k)};{plain(k)};;;"), DAYS, VALUES)
add("sep=", "sep=;\n" + lines("Datum;Wert", lambda k: f"{ISO(k)};{plain(k)}"), DAYS, VALUES)
add("sep= in quotes", '"sep=,"\n' + SIMPLE, DAYS, VALUES)
add("a quoted newline in a heading", lines('Date,"Rain\n(mm)"', lambda k: f"{ISO(k)},{plain(k)}"), DAYS, VALUES)
add(
    "words with commas",
    lines("Date,Place,Rain", lambda k: f'{ISO(k)},"Huế, city",{plain(k)}'),
    DAYS,
    VALUES,
    target="Rain",
)
add("one column of numbers", lines("Rain", plain), range(1, N + 1), VALUES, "count", time=())
add("one column without a heading", lines("", plain), range(1, N + 1), VALUES, "count", time=())

# ---- bytes -----------------------------------------------------------------------------------------------------------

add("UTF-8 with a mark", b"\xef\xbb\xbf" + SIMPLE.encode(), DAYS, VALUES)
add("UTF-16", SIMPLE.encode("utf-16"), DAYS, VALUES)
add("UTF-16 little-endian without a mark", SIMPLE.encode("utf-16-le"), DAYS, VALUES, notes=("encoding",))
add("UTF-16 big-endian without a mark", SIMPLE.encode("utf-16-be"), DAYS, VALUES, notes=("encoding",))
add("UTF-32", SIMPLE.encode("utf-32"), DAYS, VALUES)
for page, names in {
    "cp1252": "Datum;Höhe über Größe",
    "cp1258": "Ngày;Giá trị đo",
    "cp1251": "Дата;Осадки",
    "cp1250": "Datum;Měřená hodnota čísla",
    "shift_jis": "日付;降水量の合計",
    "gb18030": "日期;降雨量数据",
}.items():
    written = lines(names, lambda k: f"{ISO(k)};{plain(k)}")
    if page == "cp1258":
        import unicodedata

        written = "".join(
            unicodedata.normalize("NFD", c) if "Ạ" <= c <= "ỹ" else c for c in written
        )  # of cp1258, marks below stand apart
        written = written.replace("\u0302\u0323", "\u0323")
    add(
        f"code page {page}",
        written.encode(page, "replace"),
        DAYS,
        VALUES,
        doubts={"encoding": page},
        target=None if page == "cp1258" else names.split(";")[1],
    )

# ---- headings, comments, footers -------------------------------------------------------------------------------------

BODY = lines("", lambda k: f"{ISO(k)},{plain(k)}")
add("no heading", BODY, DAYS, VALUES, target="")
for heading in ("SP500", "DGS10", "CO2", "PM2.5", "2m temperature", "<CLOSE>", "Rain (mm) 2021", "T (degC)", "10 Yr"):
    add(f"heading {heading}", f"Date,{heading}\n{BODY}", DAYS, VALUES, target=heading)
add("two lines of heading", f"Date,Rain\n(UTC),(mm)\n{BODY}", DAYS, VALUES, time=("Date (UTC)",), target="Rain (mm)")
YF = "Price,Close,High,Low,Open,Volume\nTicker,ZZZ,ZZZ,ZZZ,ZZZ,ZZZ\nDate,,,,,\n"
add(
    "three lines of heading",
    YF + lines("", lambda k: f"{WORK[k]:%Y-%m-%d},{VALUES[k]},{VALUES[k] + 1},{VALUES[k] - 1},{VALUES[k]},{9000 + k}"),
    WORK,
    VALUES,
    "business",
    time=("Date",),
    target="Close ZZZ",
    notes=("closed.business",),
)
add("a title above", f"Rain at the station\n\n{SIMPLE}", DAYS, VALUES, target="Rain")
add("a block of facts above", f"lat,lon,zone,height\n21.0,105.8,7,12\n\n{SIMPLE}", DAYS, VALUES, target="Rain")
add("comments", f"# station 7\n# mm a day\n{SIMPLE}", DAYS, VALUES)
add("a heading that is a comment", f"# Date,Rain\n{BODY}", DAYS, VALUES, target="Rain")
add("comments between", SIMPLE.replace("\n2021-03-05", "\n# a new gauge\n2021-03-05"), DAYS, VALUES)
add("a total", f"{SIMPLE}Total,{sum(VALUES):.1f}\n", DAYS, VALUES, notes=("footer",))
add("a total without a word", f"{SIMPLE},{sum(VALUES):.1f}\n", DAYS, VALUES, notes=("footer",))
add(
    "Vietnamese total and a source",
    f"{SIMPLE}Tổng cộng,{sum(VALUES):.1f}\n\nNguồn: trạm 7\n",
    DAYS,
    VALUES,
    notes=("footer",),
)
add("a footer of words", f"{SIMPLE}\nDownloaded from our own station, 2021-06-01\n", DAYS, VALUES, notes=("footer",))
add("the heading again", SIMPLE.replace("2021-03-20", "Date,Rain\n2021-03-20"), DAYS, VALUES, notes=("repeated",))
add(
    "names of rows, as R writes them",
    lines("Date,Rain", lambda k: f'"{k + 1}",{ISO(k)},{plain(k)}'),
    DAYS,
    VALUES,
    target="Rain",
)
add(
    "an index, as pandas writes it",
    lines(",Date,Rain", lambda k: f"{k},{ISO(k)},{plain(k)}"),
    DAYS,
    VALUES,
    target="Rain",
)
add("the value first", lines("Rain,Date", lambda k: f"{plain(k)},{ISO(k)}"), DAYS, VALUES, target="Rain")
NOTED = SIMPLE.replace("Date,Rain", "Date,Rain,Note").replace("\n2021-03-09", ",a storm\n2021-03-09")
add("a column of rare notes", NOTED, DAYS, VALUES, target="Rain")
add("an empty column", lines("Date,Note,Rain", lambda k: f"{ISO(k)},,{plain(k)}"), DAYS, VALUES, target="Rain")

# ---- which column ----------------------------------------------------------------------------------------------------

OHLC = lines(
    "Date,Open,High,Low,Close,Adj Close,Volume",
    lambda k: (
        f"{WORK[k]:%Y-%m-%d},{VALUES[k] + 0.5:.1f},"
        f"{VALUES[k] + 1:.1f},{VALUES[k] - 1:.1f},{VALUES[k]},{VALUES[k] / 2},{5000 + 13 * k}"
    ),
)
add("Yahoo", OHLC, WORK, VALUES, "business", target="Close", time=("Date",), notes=("closed.business",))
add(
    "Yahoo, another column",
    OHLC,
    WORK,
    [5000 + 13 * k for k in range(N)],
    "business",
    target="Volume",
    notes=("closed.business",),
    chosen={"target": 6},
)
add(
    "Stooq",
    lines(
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<CLOSE>,<VOL>",
        lambda k: f"ZZ.US,D,{WORK[k]:%Y%m%d},000000,{VALUES[k] + 1:.1f},{VALUES[k]},{k}",
    ),
    WORK,
    VALUES,
    "business",
    target="<CLOSE>",
    time=("<DATE>",),
    notes=("closed.business",),
)
add(
    "AmiBroker",
    lines(
        "<Ticker>,<DTYYYYMMDD>,<Open>,<Close>",
        lambda k: f"ZZ,{WORK[N - 1 - k]:%Y%m%d},{VALUES[N - 1 - k] + 1:.1f},{VALUES[N - 1 - k]}",
    ),
    WORK,
    VALUES,
    "business",
    target="<Close>",
    notes=("descending", "closed.business"),
)
add(
    "ETT",
    lines("date,HUFL,LULL,OT", lambda k: f"{HOURS[k]},{k},{2 * k},{VALUES[k]}"),
    HOURS,
    VALUES,
    "hour",
    target="OT",
)
add(
    "year, month, day, hour",
    lines(
        "No,year,month,day,hour,pm2.5,cbwd",
        lambda k: f"{k + 1},{HOURS[k]:%Y},{HOURS[k].month},{HOURS[k].day},{HOURS[k].hour},{VALUES[k]},NW",
    ),
    HOURS,
    VALUES,
    "hour",
    time=("year", "month", "day", "hour"),
    target="pm2.5",
)
add(
    "year and month",
    lines("Year,Month,Sunshine", lambda k: f"{MONTHS[k]:%Y},{MONTHS[k].month},{VALUES[k]}"),
    MONTHS,
    VALUES,
    "month",
    time=("Year", "Month"),
)
add(
    "year and month's name",
    lines("Jahr;Monat;Wert", lambda k: f"{MONTHS[k]:%Y};{MONTHS[k]:%b};{VALUES[k]}"),
    MONTHS,
    VALUES,
    "month",
)
add(
    "date and time apart",
    lines("Date;Time;CO(GT)", lambda k: f"{HOURS[k]:%d/%m/%Y};{HOURS[k]:%H.%M.%S};{VALUES[k]}"),
    HOURS,
    VALUES,
    "hour",
    time=("Date", "Time"),
    doubts={"order-0": "day"},
)
add(
    "date and hour",
    lines("date,hour,load", lambda k: f"{HOURS[k]:%Y-%m-%d},{HOURS[k].hour},{VALUES[k]}"),
    HOURS,
    VALUES,
    "hour",
    time=("date", "hour"),
    target="load",
)
LONG = lines("date,store,item,sales", lambda k: f"{DAYS[k % 30]:%Y-%m-%d},{1 + k // 30},7,{VALUES[k]}")
add("long: the first store", LONG, DAYS[:30], VALUES[:30], doubts={"group": "1"}, target="sales")
add("long: the second store", LONG, DAYS[:30], VALUES[30:], doubts={"group": "2"}, answers={"group": "2"})
add(
    "long: two columns",
    lines("date,shop,item,sales", lambda k: f"{DAYS[k % 15]:%Y-%m-%d},{'AB'[k // 30]},{k // 15 % 2},{VALUES[k]}"),
    DAYS[:15],
    VALUES[45:],
    doubts={"group": "B · 1"},
    answers={"group": "B · 1"},
)
add(
    "nothing but counts",
    lines("t,Value", lambda k: f"{1000 + k},{VALUES[k]}"),
    range(1000, 1000 + N),
    VALUES,
    "count",
    time=("t",),
)
add(
    "no time at all",
    lines("Load,Wind", lambda k: f"{VALUES[k]},{VALUES[-k]}"),
    range(1, N + 1),
    VALUES,
    "count",
    target="Load",
)
add("the time is not to be used", SIMPLE, range(1, N + 1), VALUES, "count", chosen={"time": (), "target": 1})

add(
    "year and month, no heading",
    lines(
        "",
        lambda k: f"{MONTHS[k].year};{MONTHS[k].month:02d};{MONTHS[k].year + MONTHS[k].month / 13:.3f}; {VALUES[k]};-1",
    ),
    MONTHS,
    VALUES,
    "month",
)
add(
    "many kinds, and a count",
    lines(
        "instant,dteday,season,hr,temp,casual,cnt",
        lambda k: f"{k + 1},{HOURS[k]:%Y-%m-%d},1,{HOURS[k].hour},0.24,{k % 5},{WHOLE[k]}",
    ),
    HOURS,
    WHOLE,
    "hour",
    time=("dteday", "hr"),
    target="cnt",
)
add(
    "no heading, date and time apart",
    lines("", lambda k: f"{HOURS[k]:%Y.%m.%d},{HOURS[k]:%H:%M},{VALUES[k]},{VALUES[k] + 1:.1f}"),
    HOURS,
    VALUES,
    "hour",
)

NAMES = [f"{month:%b}" for month in MONTHS[:12]]
add(
    "months side by side",
    "Year,"
    + ",".join(NAMES)
    + "\n"
    + "".join(f"{2015 + y}," + ",".join(f"{VALUES[12 * y + m]}" for m in range(12)) + "\n" for y in range(5)),
    MONTHS,
    VALUES,
    "month",
    notes=("unfolded",),
)
SIDE = "Country,Lat," + ",".join(f"{d.month}/{d.day}/{d:%y}" for d in DAYS)
add(
    "days side by side",
    "\n".join(
        [SIDE, *(f"{c},{n}.5," + ",".join(f"{n * w}" for w in WHOLE) for n, c in enumerate(["Lao", "Việt Nam"], 1))]
    ),
    DAYS,
    [2 * w for w in WHOLE],
    notes=("unfolded",),
    doubts={"group": "Việt Nam"},
    answers={"group": "Việt Nam"},
)
add(
    "years side by side",
    "\n".join(
        [
            "Source,WDI",
            "",
            "Name,Code," + ",".join(f"{y}" for y in range(1960, 2020)),
            *(f"Land {c},{c}," + ",".join(f"{v}" for v in VALUES) for c in "AB"),
        ]
    ),
    pd.date_range("1960-01-01", periods=N, freq="YS"),
    VALUES,
    "year",
    notes=("unfolded",),
    doubts={"group": "Land A"},
)
add(
    "one row of days",
    f"Date,{','.join(f'{d:%Y-%m-%d}' for d in DAYS)}\nRain,{','.join(map(str, VALUES))}\n",
    DAYS,
    VALUES,
    notes=("unfolded",),
)

# ---- numbers ---------------------------------------------------------------------------------------------------------


def number(name: str, written: Callable[[int], str], values: Sequence[float], mark: str = ";", **rest: object) -> None:
    head = rest.pop("head", f"Date{mark}Amount")
    add(f"numbers: {name}", lines(str(head), lambda k: f"{ISO(k)}{mark}{written(k)}"), DAYS, values, **rest)  # type: ignore[arg-type]


def grouped(value: float, form: str, point: str, comma: str) -> str:
    return format(value, form).translate({ord("."): point, ord(","): comma})


BIG = [round(WHOLE[k] + k / 100, 2) for k in range(N)]
AROUND = [970 + k for k in range(N)]
number("decimal comma", lambda k: f"{VALUES[k]}".replace(".", ","), VALUES)
number("1.234,56", lambda k: grouped(BIG[k], ",.2f", ",", "."), BIG)
number("1,234.56", lambda k: grouped(BIG[k], ",.2f", ".", ","), BIG)
number("1 234,56", lambda k: grouped(BIG[k], ",.2f", ",", "\u202f"), BIG)
number("1 234,56 with a plain space", lambda k: grouped(BIG[k], ",.2f", ",", " "), BIG)
number("1'234.56", lambda k: grouped(BIG[k], ",.2f", ".", "'"), BIG)
number("1’234.56", lambda k: grouped(BIG[k], ",.2f", ".", "’"), BIG)
number("2,345,678", lambda k: f'"{WHOLE[k] * 1000 + k:,}"', [WHOLE[k] * 1000 + k for k in range(N)], ",")
number("12,34,567.5", lambda k: f'"12,{30 + k},567.5"', [1200567.5 + 1000 * (30 + k) for k in range(N)], ",")
number("999, 1,000, in a file of commas", lambda k: f'"{AROUND[k]:,}"', AROUND, ",", doubts={"marks-1": "comma_point"})
number("999; 1,000, in a file of semicolons", lambda k: f"{AROUND[k]:,}", AROUND, doubts={"marks-1": "comma_point"})
number("all 1,234", lambda k: f'"{WHOLE[k]:,}"', WHOLE, ",", doubts={"marks-1": "comma_point"})
number(
    "all 1,234, as decimals",
    lambda k: f'"{WHOLE[k]:,}"',
    [w / 1000 for w in WHOLE],
    ",",
    doubts={"marks-1": "comma"},
    answers={"marks-1": "comma"},
)
number(
    "all 1.234, German",
    lambda k: grouped(WHOLE[k], ",", ".", "."),
    WHOLE,
    head="Datum;Besucher",
    doubts={"marks-1": "point_comma"},
)
number(
    "three decimals", lambda k: f"{WHOLE[k] / 1000:.3f}", [w / 1000 for w in WHOLE], ",", doubts={"marks-1": "point"}
)
number("three decimals below one", lambda k: f"{WHOLE[k] % 997 / 1000:.3f}", [w % 997 / 1000 for w in WHOLE], ",")
number("12,5 and 13", lambda k: f"{VALUES[k]:g}".replace(".", ","), VALUES)
number("euros", lambda k: f"{BIG[k]:.2f} €".replace(".", ","), BIG, doubts={"unit-1": "number"})
number("dollars", lambda k: f"${BIG[k]}", BIG, ",", doubts={"unit-1": "number"})
number(
    "đồng",
    lambda k: grouped(WHOLE[k] * 1000, ",", ".", ".") + " ₫",
    [w * 1000 for w in WHOLE],
    doubts={"unit-1": "number"},
)
number("degrees", lambda k: f"{VALUES[k]} °C", VALUES, doubts={"unit-1": "number"})
number("a unit of its own", lambda k: f"{VALUES[k]} ug", VALUES, doubts={"unit-1": "number"})
number("per cent", lambda k: f"{VALUES[k]}%", VALUES, doubts={"percent-1": "points"})
number(
    "per cent as shares",
    lambda k: f"{VALUES[k]}%",
    [v / 100 for v in VALUES],
    doubts={"percent-1": "share"},
    answers={"percent-1": "share"},
)
number(
    "K, M and B",
    lambda k: f"{VALUES[k]}{'KMB'[k % 3]}",
    [float(f"{VALUES[k]}e{3 * (1 + k % 3)}") for k in range(N)],
    doubts={"scale-1": "times"},
)
number("M, dropped", lambda k: f"{VALUES[k]}M", VALUES, doubts={"scale-1": "bare"}, answers={"scale-1": "bare"})
number(
    "negative in parentheses",
    lambda k: f"({VALUES[k]})" if k % 2 else f"{VALUES[k]}",
    [-v if k % 2 else v for k, v in enumerate(VALUES)],
    doubts={"parens-1": "negative"},
)
number("a true minus", lambda k: f"\N{MINUS SIGN}{VALUES[k]}", [-v for v in VALUES])
number("a minus behind", lambda k: f"{VALUES[k]}-", [-v for v in VALUES])
number("powers of ten", lambda k: f"{VALUES[k]:.2E}", [float(f"{v:.2E}") for v in VALUES], ",")
number("powers of ten with a comma", lambda k: f"{VALUES[k]:.3e}".replace(".", ","), VALUES)
number("true and false", lambda k: str(k % 3 == 0), [float(k % 3 == 0) for k in range(N)], target="Amount")
number(
    "below a limit",
    lambda k: "<1" if k % 9 == 4 else f"{WHOLE[k]}",
    [0.5 if k % 9 == 4 else w for k, w in enumerate(WHOLE)],
    doubts={"bound-1": "half"},
)
number("provisional", lambda k: f"{VALUES[k]}{'p' if k > 55 else ''}", VALUES, doubts={"flag-1": "number"})
HELD = [VALUES[k - 1] if k % 9 == 4 else v for k, v in enumerate(VALUES)]
for hole in ("", "NA", "#N/A", ".", "null", "-", "n/a", "NaN"):
    number(
        f"missing as {hole or 'nothing'}",
        lambda k, hole=hole: hole if k % 9 == 4 else plain(k),
        HELD,
        doubts={"gaps": "hold"},
        notes=("missing", "filled"),
    )
for code in ("-9999", "-999", "9999"):
    number(
        f"{code} for missing",
        lambda k, code=code: code if k % 9 == 4 else plain(k),
        HELD,
        doubts={"code-1": "missing", "gaps": "hold"},
        notes=("missing", "filled"),
    )
number(
    "-9999 is a value",
    lambda k: "-9999" if k % 9 == 4 else plain(k),
    [-9999 if k % 9 == 4 else v for k, v in enumerate(VALUES)],
    doubts={"code-1": "value"},
    answers={"code-1": "value"},
)

# ---- days ------------------------------------------------------------------------------------------------------------


def time(
    name: str,
    written: Callable[[int], str],
    dates: Sequence[object],
    frequency: str = "day",
    mark: str = ";",
    **rest: object,
) -> None:
    head = rest.pop("head", f"When{mark}Load")
    count = min(N, len(dates))
    add(
        f"times: {name}",
        lines(str(head), lambda k: f"{written(k)}{mark}{plain(k)}", count),
        dates,
        VALUES[:count],
        frequency,
        **rest,
    )  # type: ignore[arg-type]


for form in (
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y %m %d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%A, %d %B %Y",
    "%Y-%b-%d",
):
    time(form, day(form), DAYS)
for form in ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y"):
    time(form, day(form), DAYS)
time("%m/%d/%Y", day("%m/%d/%Y"), DAYS)
time("%m/%d/%y without zeros", lambda k: f"{DAYS[k].month}/{DAYS[k].day}/{DAYS[k]:%y}", DAYS)
time("%Y%m%d", day("%Y%m%d"), DAYS)
time("Vietnamese", lambda k: f"{DAYS[k].day} Tháng {DAYS[k].month}, {DAYS[k].year}", DAYS)
time("Vietnamese, short", lambda k: f"{DAYS[k].day:02d} Thg {DAYS[k].month} {DAYS[k].year}", DAYS)
time("German", lambda k: f"{DAYS[k].day}. {['März', 'April'][DAYS[k].month - 3]} {DAYS[k].year}", DAYS)
time("French", lambda k: f"{DAYS[k].day} {['mars', 'avril'][DAYS[k].month - 3]} {DAYS[k].year}", DAYS)
time("Chinese", lambda k: f"{DAYS[k].year}年{DAYS[k].month}月{DAYS[k].day}日", DAYS)
time("RFC 2822", day("%a, %d %b %Y 00:00:00 +0700"), DAYS, doubts={"zone-0": "file"})
time("of JavaScript", day("%a %b %d %Y 00:00:00 GMT+0700 (Indochina Time)"), DAYS, doubts={"zone-0": "file"})
time("day of the year", day("%Y-%j"), DAYS)
time("Excel's serials", lambda k: f"{44256 + k}", DAYS, head="Date;Load", doubts={"excel-0": "excel1900"})
time(
    "two figures, of the last century",
    lambda k: f"{DAYS[k]:%d.%m.}85",
    [d.replace(year=1985) for d in DAYS],
    doubts={"century-0": "posix"},
)
MORNING = pd.DatetimeIndex([pd.Timestamp(2023, 1 + k, 1) for k in range(12)])
time("either way, English", day("%m/%d/%Y", MORNING), MORNING, "month", head="Date;Price", doubts={"order-0": "month"})
time("either way, Vietnamese", day("%d/%m/%Y", MORNING), MORNING, "month", head="Ngày;Giá", doubts={"order-0": "day"})
time("months of the USA", day("%m/%d/%Y", MONTHS), MONTHS, "month", doubts={"order-0": "month"})
time("months of Britain", day("%d/%m/%Y", MONTHS), MONTHS, "month", doubts={"order-0": "day"})

UTC = pd.date_range("2021-03-10", periods=N, freq="D", tz="Europe/Berlin").tz_convert("UTC")
time("midnight in UTC", lambda k: f"{UTC[k]:%Y-%m-%dT%H:%M:%SZ}", UTC.tz_localize(None))
LOCAL = pd.date_range("2015-01-01", periods=N, freq="MS", tz="Europe/Berlin").tz_convert("UTC")
time("months in UTC", lambda k: LOCAL[k].isoformat(), LOCAL.tz_localize(None), "month")

# ---- clocks ----------------------------------------------------------------------------------------------------------

for form in (
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H",
    "%Y%m%d%H%M",
    "%Y%m%dT%H%M%S",
    "%d %b %Y %I:%M %p",
):
    time(form, day(form, HOURS), HOURS, "hour")
time("%d.%m.%Y %H:%M:%S", day("%d.%m.%Y %H:%M:%S", HOURS), HOURS, "hour", doubts={"order-0": "day"})
time("%m/%d/%Y %I:%M %p", day("%m/%d/%Y %I:%M %p", HOURS), HOURS, "hour", doubts={"order-0": "month"})
time("+07:00", day("%Y-%m-%d %H:%M:%S+07:00", HOURS), HOURS, "hour", doubts={"zone-0": "file"})
time(
    "+07:00, in UTC",
    day("%Y-%m-%d %H:%M:%S+07:00", HOURS),
    HOURS - pd.Timedelta("7h"),
    "hour",
    doubts={"zone-0": "utc"},
    answers={"zone-0": "utc"},
)
time("midnight with a zone", day("%Y-%m-%d 00:00:00+07:00"), DAYS, doubts={"zone-0": "file"})
SUMMER = pd.date_range("2021-03-24", periods=N, freq="D", tz="Europe/Berlin")
time(
    "midnight across summer time", lambda k: SUMMER[k].isoformat(), SUMMER.tz_localize(None), doubts={"zone-0": "file"}
)

SECONDS = [int(stamp.timestamp()) for stamp in HOURS]
time("Unix seconds", lambda k: f"{SECONDS[k]}", HOURS, "hour")
time("Unix seconds .0", lambda k: f"{SECONDS[k]}.0", HOURS, "hour")
time("Unix milliseconds", lambda k: f"{SECONDS[k]}000", HOURS, "hour")
time("Unix microseconds", lambda k: f"{SECONDS[k]}000000", HOURS, "hour")
time("Unix nanoseconds", lambda k: f"{SECONDS[k]}000000000", HOURS, "hour")
TENTHS = pd.date_range("2021-03-01", periods=N, freq="100ms")
time("tenths of a second", lambda k: TENTHS[k].isoformat(timespec="milliseconds") + "Z", TENTHS, "steps")
MINUTES = pd.date_range("2021-03-01", periods=N, freq="10min")
time("ten minutes", day("%d.%m.%Y %H:%M:%S", MINUTES), MINUTES, "steps", season=144, doubts={"order-0": "day"})
CLOCK = pd.date_range("1970-01-01 23:30", periods=N, freq="min")
time("times of day across midnight", day("%H:%M", CLOCK), CLOCK, "steps", season=1440)
OPEN = [d + pd.Timedelta(hours=h) for d in pd.bdate_range("2021-03-01", periods=10) for h in (9, 10, 11, 13, 14, 15)]
time("a lunch break", lambda k: f"{OPEN[k]}", OPEN, "session", season=6, notes=("closed.session",))
BERLIN = pd.date_range("2021-10-30 12:00", periods=40, freq="h", tz="Europe/Berlin").tz_localize(None)
SHOWN = [b + pd.Timedelta("1s") * int(k > 0 and b == BERLIN[k - 1]) for k, b in enumerate(BERLIN)]
time("the hour that comes twice", lambda k: f"{BERLIN[k]}", SHOWN, "hour", notes=("clock",))
SPRING = pd.date_range("2021-03-27 12:00", periods=40, freq="h", tz="Europe/Berlin").tz_localize(None)
time("the hour that is left out", lambda k: f"{SPRING[k]}", SPRING, "hour", notes=("clock",))

# ---- periods ---------------------------------------------------------------------------------------------------------

for form in ("%Y-%m", "%Y/%m", "%m/%Y", "%Y%m", "%b-%y", "%b %Y", "%Y %B", "%YM%m", "%Y.%m"):
    time(form, day(form, MONTHS), MONTHS, "month", head="Month;Load")
time("Vietnamese months", lambda k: f"Tháng {MONTHS[k].month}/{MONTHS[k].year}", MONTHS, "month")
time("T1/2015", lambda k: f"T{MONTHS[k].month}/{MONTHS[k].year}", MONTHS, "month")
ENDS = pd.date_range("2015-01-31", periods=N, freq="ME")
time("ends of months", day("%Y-%m-%d", ENDS), ENDS, "month")
COUNTED = pd.date_range("2001-01-01", periods=36, freq="MS")
time("1-01, of a year that is only counted", lambda k: f"{1 + k // 12}-{1 + k % 12:02d}", COUNTED, "month")
time("1-Jan, as Excel makes it", lambda k: f"{1 + k // 12}-{COUNTED[k]:%b}", COUNTED, "month")
QUARTERS = pd.date_range("2006-01-01", periods=N, freq="QS")
for name, quarter in {
    "2006-Q1": "{y}-Q{q}",
    "2006Q1": "{y}Q{q}",
    "Q1/2006": "Q{q}/{y}",
    "Q1 2006": "Q{q} {y}",
    "Quý 1/2006": "Quý {q}/{y}",
    "1. Quartal 2006": "{q}. Quartal {y}",
    "2006-T1": "{y}-T{q}",
    "2006:1": "{y}:Q{q}",
}.items():
    time(
        name, lambda k, quarter=quarter: quarter.format(y=QUARTERS[k].year, q=QUARTERS[k].quarter), QUARTERS, "quarter"
    )
add(
    "year and quarter",
    lines("year,quarter,gdp", lambda k: f"{QUARTERS[k].year},{QUARTERS[k].quarter},{VALUES[k]}"),
    QUARTERS,
    VALUES,
    "quarter",
    time=("year", "quarter"),
)
WEEKS = pd.date_range("2020-12-07", periods=N, freq="7D")
ISOWEEKS = [stamp.isocalendar() for stamp in WEEKS]
for name, week in {
    "2020-W50": "{y}-W{w:02d}",
    "2020W50": "{y}W{w:02d}",
    "KW 50 2020": "KW {w} {y}",
    "Tuần 50/2020": "Tuần {w}/{y}",
}.items():
    time(name, lambda k, week=week: week.format(y=ISOWEEKS[k].year, w=ISOWEEKS[k].week), WEEKS, "week")
time("first days of weeks", day("%Y-%m-%d", WEEKS), WEEKS, "week")
time(
    "weeks from day to day",
    lambda k: f"{WEEKS[k]:%Y-%m-%d} - {WEEKS[k] + pd.Timedelta('6D'):%Y-%m-%d}",
    WEEKS,
    "week",
    doubts={"range-0": "start"},
)
YEARS = pd.date_range("1950-01-01", periods=N, freq="YS")
time("years", day("%Y", YEARS), YEARS, "year", head="Year;Load")
time("years .0", day("%Y.0", YEARS), YEARS, "year", head="Year;Load")
time("seasons of two years", lambda k: f"{YEARS[k]:%Y}/{(YEARS[k].year + 1) % 100:02d}", YEARS, "year")
time("decimal years", lambda k: f"{2015 + (k + 0.5) / 12:.4f}", MONTHS, "month", head="decimal date;Load")
HALVES = pd.date_range("1990-01-01", periods=N, freq="6MS")
time("half years", lambda k: f"{HALVES[k].year}-H{1 + HALVES[k].month // 7}", HALVES, "half")

# ---- calendars -------------------------------------------------------------------------------------------------------

add(
    "working days",
    lines("Date,Close", lambda k: f"{WORK[k]:%Y-%m-%d},{VALUES[k]}"),
    WORK,
    VALUES,
    "business",
    notes=("closed.business",),
)
KEPT = [k for k in range(N) if k not in (17, 18, 40)]
add(
    "working days and holidays",
    lines("Date,Close", lambda k: f"{WORK[KEPT[k]]:%Y-%m-%d},{VALUES[KEPT[k]]}", len(KEPT)),
    WORK[KEPT],
    [VALUES[k] for k in KEPT],
    "business",
    notes=("closed.business", "skipped"),
    doubts={"gaps": "skip"},
)
add(
    "holidays held",
    lines("Date,Close", lambda k: f"{WORK[KEPT[k]]:%Y-%m-%d},{VALUES[KEPT[k]]}", len(KEPT)),
    WORK,
    [VALUES[16] if k in (17, 18) else VALUES[39] if k == 40 else v for k, v in enumerate(VALUES)],
    "business",
    notes=("closed.business", "filled"),
    doubts={"gaps": "hold"},
    answers={"gaps": "hold"},
)
SUNDAYS = pd.DatetimeIndex([d for d in pd.date_range("2021-03-01", periods=90) if d.weekday() not in (4, 5)])[:N]
add(
    "weekends of other countries",
    lines("Date,Close", lambda k: f"{SUNDAYS[k]:%Y-%m-%d},{VALUES[k]}"),
    SUNDAYS,
    VALUES,
    "business",
    notes=("closed.business",),
)
DAILY = [k for k in range(N) if k not in (10, 11, 30)]
add(
    "days missing",
    lines("Date,Rain", lambda k: f"{ISO(DAILY[k])},{VALUES[DAILY[k]]}", len(DAILY)),
    DAYS,
    [VALUES[9] if k in (10, 11) else VALUES[29] if k == 30 else v for k, v in enumerate(VALUES)],
    notes=("filled",),
    doubts={"gaps": "hold"},
)
add(
    "days missing, a line",
    lines("Date,Rain", lambda k: f"{ISO(DAILY[k])},{VALUES[DAILY[k]]}", len(DAILY)),
    DAYS,
    np.interp(range(N), DAILY, [VALUES[k] for k in DAILY]).tolist(),
    notes=("filled",),
    doubts={"gaps": "linear"},
    answers={"gaps": "linear"},
)
add(
    "months missing",
    lines("Month,Rain", lambda k: f"{MONTHS[DAILY[k]]:%Y-%m},{VALUES[DAILY[k]]}", len(DAILY)),
    MONTHS,
    [VALUES[9] if k in (10, 11) else VALUES[29] if k == 30 else v for k, v in enumerate(VALUES)],
    "month",
    notes=("filled",),
    doubts={"gaps": "hold"},
)
add(
    "no order",
    SIMPLE.replace("2021-03-02,", "2021-02-28,"),
    [pd.Timestamp("2021-02-28"), *DAYS],
    [VALUES[1], VALUES[0], VALUES[0], *VALUES[2:]],
    notes=("unsorted", "filled"),
    doubts={"gaps": "hold"},
)
add(
    "the latest first",
    lines("Date,Rain", lambda k: f"{ISO(N - 1 - k)},{VALUES[N - 1 - k]}"),
    DAYS,
    VALUES,
    notes=("descending",),
)
add("a row twice", SIMPLE + f"{ISO(N - 1)},{plain(N - 1)}\n", DAYS, VALUES, notes=("alike",))
TWICE = SIMPLE + f"{ISO(7)},99\n"
add("a time twice", TWICE, error=("twice", 62, "2021-03-08"), doubts={"twice": "stop"})
for way, made in {"mean": (VALUES[7] + 99) / 2, "sum": VALUES[7] + 99, "first": VALUES[7], "last": 99}.items():
    add(
        f"a time twice: {way}",
        TWICE,
        DAYS,
        [made if k == 7 else v for k, v in enumerate(VALUES)],
        notes=("unsorted",),
        doubts={"twice": way},
        answers={"twice": way},
    )
add(
    "centuries between",
    "1900-01-01,1\n2020-01-01,2\n2020-01-02,3\n2020-01-03,3\n",
    pd.DatetimeIndex(["1900-01-01", "2020-01-01", "2020-01-02", "2020-01-03"]),
    [1, 2, 3, 3],
    notes=("skipped",),
    doubts={"gaps": "skip"},
)

# ---- refused ---------------------------------------------------------------------------------------------------------


def bad(name: str, text: str | bytes, reason: str, line: int = 0, cell: str = "", **rest: object) -> None:
    add(f"bad: {name}", text, error=(reason, line, cell), **rest)  # type: ignore[arg-type]


bad("nothing", "", "empty")
bad("blank", " \n\r\n", "empty")
bad("a heading alone", "date,value\n", "empty")
bad("one row", "date,value\n2020-01-01,3\n", "short")
bad("a word", SIMPLE.replace("2021-03-04,", "2021-03-04,six"), "number", 5, "six" + plain(3))
bad("infinite", lines("Date,Rain", lambda k: f"{ISO(k)},{'inf' if k == 3 else plain(k)}"), "number", 5, "inf")
bad("too large", lines("Date,Rain", lambda k: f"{ISO(k)},{'1e99' if k == 3 else plain(k)}"), "number", 5, "1e99")
bad("markup", lines("Date,Rain", lambda k: f"{ISO(k)},{'<b>1</b>' if k == 3 else plain(k)}"), "number", 5, "<b>1</b>")
bad(
    "two currencies",
    lines("Date;Paid", lambda k: f"{ISO(k)};{'$' if k == 3 else '€'} {plain(k)}"),
    "number",
    5,
    f"$ {plain(3)}",
    doubts={"unit-1": "number"},
)
bad(
    "two notations",
    lines("Date;Paid", lambda k: f"{ISO(k)};{'1.234,5' if k == 3 else '1,234.5'}"),
    "number",
    5,
    "1.234,5",
)
bad("no such month", SIMPLE.replace("2021-03-05", "2021-15-05"), "date", 6, "2021-15-05")
bad("no such day", SIMPLE.replace("2021-03-31", "2021-02-30"), "date", 32, "2021-02-30")
bad(
    "no such week",
    lines("w;v", lambda k: f"{ISOWEEKS[k].year}-W{ISOWEEKS[k].week:02d};1{k}").replace("2021-W10", "2021-W53"),
    "date",
    15,
    "2021-W53",
)
bad("no date", SIMPLE.replace("2021-03-05", ""), "date", 6, "")
bad("another way of writing", SIMPLE.replace("2021-03-05", "05/03/2021"), "date", 6, "05/03/2021")
bad("neither order", "13/01/2020,1\n01/13/2020,2\n14/01/2020,3\n", "date", 2, "01/13/2020")
bad("no numbers", lines("Date,Word", lambda k: f"{ISO(k)},rain"), "numbers", 2, "rain")
bad("a third cell", SIMPLE.replace("2021-03-04,", "2021-03-04,9,"), "columns", 5, f"2021-03-04,9,{plain(3)}")
bad("decimal commas between commas", lines("Date,Rain", lambda k: f"{ISO(k)},{k},5"), "columns", 2, "2021-03-01,0,5")
bad("a day and a month of no year", lines("Date;Rain", lambda k: f"{DAYS[k]:%d-%b};{plain(k)}"), "date", 2, "01-Mar")
bad("an open quote", SIMPLE.replace("2021-03-04,", '2021-03-04,"'), "quotes", 5)
bad(
    "a web page",
    "<!DOCTYPE html><html><body>1,2</body></html>",
    "html",
    1,
    "<!DOCTYPE html><html><body>1,2</body></html>",
)
bad("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls")
bad("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary")
bad("a damaged workbook", b"PK\x03\x04" + bytes(range(200)), "workbook")
bad("too large a file", b"1," * (5 * 2**19) + b"1", "large")
