"""What stands for no number, and what stands beside numbers. No streamlit, no torch."""

MISSING = {
    "", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "nat", "null", "(null)", "none", "nil", "-", "--", "---",
    "?", ".", "..", "...", "…", "*", ":", "_", "n.a.", "n.d.", "nd", "k.a.", "k. a.", "missing", "#value!", "#ref!",
    "#div/0!", "#num!", "#null!", "#name?", "\\n", "#n/a n/a", "không có",
}  # fmt: skip
SIGNS = str.maketrans(
    {"\N{MINUS SIGN}": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "\xa0": " ", "\u202f": " ", "\u2009": " ",
     "\u2007": " ", "\ufeff": "", "٫": ".", "٬": ","}
)  # fmt: skip
CURRENCIES = {
    "$", "us$", "a$", "c$", "hk$", "nt$", "r$", "€", "£", "¥", "₫", "đ", "₹", "₩", "₽", "₺", "฿", "zł", "kč", "kr",
    "fr", "fr.", "rs", "rs.", "rp", "rm", "usd", "eur", "gbp", "jpy", "vnd", "vnđ", "chf", "cny", "inr", "aud", "cad",
    "sgd", "krw", "thb", "btc", "eth", "đồng",
}  # fmt: skip
SCALES = {
    "k": 1e3, "tsd": 1e3, "tsd.": 1e3, "nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6,
    "mio": 1e6, "mio.": 1e6, "million": 1e6, "millions": 1e6, "tr": 1e6, "triệu": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9,
    "mrd.": 1e9, "md": 1e9, "billion": 1e9, "tỷ": 1e9, "tỉ": 1e9, "t": 1e12, "trillion": 1e12,
}  # fmt: skip
FLAGS = {"*", "**", "p", "e", "r", "s", "b", "f", "†", "‡", "#"}
UNITS = {"°c", "°f", "°", "℃", "degc", "mm", "cm", "kg", "kwh", "mwh", "mw", "hpa", "km/h", "m/s", "µg/m³", "pcs"}
