"""What becomes of a text as people type it, and why."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import LANGUAGES
from app.lessons.text.corpus import corpus, split, typed
from app.lessons.text.letters import is_mark, placed
from app.lessons.text.reader import text_of, text_words, tokenizer
from app.lessons.text.tokens import REASONS, Tokenizer, language_of, shortened


@pytest.mark.parametrize(
    ("language", "typed", "words", "reasons"),
    [
        ("en", "wasn't", "was not", ["contraction"]),
        ("en", "WASNT", "was not", ["contraction"]),
        ("en", "don’t", "do not", ["letters", "contraction"]),
        ("en", "don´t", "do not", ["letters", "contraction"]),
        ("en", "cannot", "can not", ["contraction"]),
        ("en", "won't", "will not", ["contraction"]),
        ("en", "I'd", "i would", ["contraction"]),
        ("en", "It's", "it is", ["contraction"]),
        ("en", "hotel's", "hotel", ["contraction"]),
        ("en", "gr8", "great", ["short"]),
        ("en", "so-so", "so-so", []),
        ("en", "well-made", "well made", ["parted"]),
        ("en", "3.5", "3.5", []),
        ("en", "goood", "good", ["stretched"]),
        ("en", "soooo", "so", ["stretched"]),
        ("en", "gооd", "good", ["letters"]),  # Cyrillic
        ("en", "gοοd", "good", ["letters"]),  # Greek
        ("en", "ｇｏｏｄ", "good", ["letters"]),
        ("en", "Good", "good", []),
        ("en", "ko", "ko", []),
        ("vi", "ko", "không", ["short"]),
        ("vi", "K", "không", ["short"]),
        ("vi", "hok", "không", ["short"]),
        ("vi", "đc", "được", ["short"]),
        ("vi", "nv", "nhân viên", ["short"]),
        ("vi", "hoà", "hòa", ["tone"]),
        ("vi", "lựơng", "lượng", ["tone"]),
        ("vi", "Ðồ", "đồ", ["letters"]),
        ("vi", "quáaaa", "quá", ["stretched"]),
        ("vi", "ngonn", "ngon", ["stretched"]),
        ("vi", "wasn't", "was not", ["contraction"]),
    ],
)
def test_a_word_as_typed(language, typed, words, reasons):
    (token,) = tokenizer(language).tokens(typed)
    assert token.typed == typed
    assert " ".join(token.words) == words
    assert list(token.reasons) == reasons


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Wow… It’s GOOD, (really) good!", "wow … it is good , ( really ) good !"),
        ("great!!!", "great !"),
        ("good,but slow...", "good , but slow …"),
        ("do n't", "do not"),
        ("clean/quiet", "clean / quiet"),
        ("The хорошо", "the хорошо"),  # no letters that only look Latin
        ("сор", "сор"),  # and nothing says that this is Latin
    ],
)
def test_a_text_as_typed(typed, words):
    assert " ".join(text_words(typed, "en")) == words


def test_composed_and_decomposed_texts_are_the_same():
    text = "Phở rất NGON, ứng dụng dở."
    assert text_words(unicodedata.normalize("NFD", text), "vi") == text_words(text, "vi")


@pytest.mark.parametrize("new", ["hoà", "hoè", "thuý", "tuỳ", "khoẻ", "oà", "xoá", "hoạ"])
def test_a_tone_mark_is_moved_to_one_place(new):
    old = placed(new)
    assert old != new
    assert placed(old) == old
    assert sorted(unicodedata.normalize("NFD", old)) == sorted(unicodedata.normalize("NFD", new))


def test_no_syllable_of_the_reviews_has_its_tone_mark_elsewhere():
    """They were spelled by hand in the older way: a rule that moves one of their marks is wrong."""
    words = {word for review in corpus("vi") for word in re.findall(r"\w+", review.text.lower())}
    assert {word for word in words if placed(word) != word} == set()


@pytest.mark.parametrize(
    ("typed", "read", "unmarked"),
    [
        ("Do an khong ngon", "đồ ăn không ngon", True),
        ("phong sach se, nhan vien nhiet tinh", "phòng sạch sẽ , nhân viên nhiệt tình", True),
        ("Minh ko thik quan nay", "mình không thích quán này", True),
        ("đồ an khong ngon", "đồ ăn không ngon", False),
        ("Ngon", "ngon", False),
        ("the food was not good", "the food was not good", False),
        ("Món này dở", "món này dở", False),
    ],
)
def test_vietnamese_without_marks_gets_the_likeliest(typed, read, unmarked):
    text = text_of(typed, "vi")
    assert " ".join(text.words) == read
    assert text.unmarked == unmarked
    added = [token for token in text.tokens if "marks" in token.reasons]
    assert len(added) == sum(a != b for a, b in zip(tokenizer("vi").words(typed), text.words, strict=True))


letters = st.text(st.sampled_from("abkolnt'’-.,!…  đĐàáạôơưoa0123sеаоＡｆ´—/ù\u0301\u0323İŉß"), max_size=30)


@given(st.text(max_size=60) | letters, st.sampled_from(["", *LANGUAGES]))
def test_any_text_has_words_and_those_have_the_same(typed, language):
    cut = tokenizer(language) if language else Tokenizer()
    found = cut.words(typed)
    assert "".join(found).split() == ["".join(found)] * bool(found)  # nothing empty, no space within
    assert cut.words(" ".join(found)) == found
    assert {reason for token in cut.tokens(typed) for reason in token.reasons} <= set(REASONS)
    assert len(text_of(typed, "vi").words) == len(tokenizer("vi").words(typed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_short_form_stands_for_is_no_short_form(language):
    for words in shortened(language).values():
        assert [word for word in words if tokenizer(language).words(word) != [word]] == []


def test_the_language_of_texts_is_told_by_their_letters():
    assert language_of(["Món này ngon", "ok"]) == "vi"
    assert language_of(["A naïve café", "It was good"]) == "en"
    assert language_of([]) == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_learned_from_the_typed_reviews(language):
    def plain(text):
        return " ".join(word for word in text_words(text, language) if not is_mark(word[0]))

    reviews = typed(language)
    assert len(reviews) >= 100
    assert 0.4 < sum(review.positive for review in reviews) / len(reviews) < 0.6
    assert len({plain(review.text) for review in reviews}) == len(reviews)
    known = {plain(review.text) for part in (split(corpus(language)).train, corpus(language)) for review in part}
    assert known.isdisjoint(plain(review.text) for review in reviews)
