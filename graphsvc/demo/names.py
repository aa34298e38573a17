"""Invented names of organisations. None is taken from a register; a likeness to a real one is chance."""

from __future__ import annotations

from random import Random

_ADJECTIVES = (
    "Zielon", "Wspóln", "Otwart", "Jasn", "Dobr", "Now", "Star", "Cich", "Kolorow", "Słoneczn", "Ciepł", "Mał",
    "Leśn", "Poln", "Gościnn", "Wesoł", "Śmiał", "Łagodn", "Pogodn", "Żyw", "Zgodn", "Ruchom", "Drewnian", "Złot",
)  # fmt: skip
_NOUNS = {
    "y": ("Próg", "Most", "Warsztat", "Krąg", "Ogród", "Zakątek", "Młyn", "Kram", "Strych", "Wiatrak", "Dworzec",
          "Kosz", "Kłos", "Szlak", "Guzik"),
    "a": ("Przystań", "Łąka", "Kuźnia", "Spiżarnia", "Pracownia", "Ławka", "Iskra", "Nitka", "Miedza", "Szuflada",
          "Kładka", "Polana", "Sieć", "Wędka", "Latarnia"),
    "e": ("Jutro", "Pole", "Podwórko", "Gniazdo", "Źródło", "Światło", "Koło", "Okno", "Ziarno", "Wiadro", "Lato"),
}  # fmt: skip
_FIRST = ("Tar", "Mol", "Dre", "Kor", "Wir", "Bel", "San", "Pro", "Gra", "Leg", "Zor", "Fen", "Hal", "Mir", "Ost")
_SECOND = ("vex", "bud", "lis", "tex", "met", "nik", "pol", "dar", "mix", "wit", "ral", "ton")
_TRADES = ("Zakład stolarski", "Piekarnia", "Firma budowlana", "Drukarnia", "Transport", "Gospodarstwo ogrodnicze",
           "Hurtownia", "Zakład metalowy", "Biuro rachunkowe", "Pracownia projektowa", "Serwis", "Restauracja",
           "Hotel", "Centrum logistyczne", "Usługi komunalne")  # fmt: skip


class Names:
    """Gives each name once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def phrase(self) -> str:
        """An adjective and a noun: “Zielony Próg”."""
        while True:
            gender = self._rng.choice(tuple(_NOUNS))
            stem = self._rng.choice(_ADJECTIVES)
            if self._fresh(name := f"{stem}{gender} {self._rng.choice(_NOUNS[gender])}"):
                return name

    def firm(self) -> str:
        """A trade and a coined word: “Piekarnia Tarvex”."""
        while True:
            coined = self._rng.choice(_FIRST) + self._rng.choice(_SECOND)
            if self._fresh(coined):
                return f"{self._rng.choice(_TRADES)} {coined}"

    def _fresh(self, name: str) -> bool:
        fresh = name not in self._given
        self._given.add(name)
        return fresh
