"""A full, valid set of answers to the child day-care permit (S05000001299): FIM ids and values, no FIM texts.

The applicant works together with a colleague she knows, in rooms of her own apart from her home, and lives with a
child. `FILES` are the questions that take an upload; `answers` puts the given file id into each.
"""

from __future__ import annotations

from typing import Any

APPLICANT = "g05000011684"
ADDRESS = f"{APPLICANT}_g05000013144"
CONTACT = f"{APPLICANT}_g05000011747"
SKILLS = f"{APPLICANT}_g05000011703"
COLLEAGUE = "g05000011701"
SITE = "g05000011697"
SITE_ADDRESS = f"{SITE}_g05000012613"
HOUSEHOLD = f"{SITE}_g05000011702.g05000011702"
PROOFS = "g05000011696"
STATE = "g05000011712"
CHECK_APPLICANT = f"{STATE}.g05000000998"

FILES = (
    f"{PROOFS}.f05000017558",
    f"{PROOFS}.f05000017561",
    f"{PROOFS}.g05000012392.f05000007322",
    f"{PROOFS}.f05000017563",
    f"{PROOFS}.f05000017566",
)

ANSWERS: dict[str, Any] = {
    "antrag.f05000017543": "001",
    "antrag.f05000017549": True,
    "antrag.f05000017550": True,
    f"{APPLICANT}.f60000000332": "w",
    f"{APPLICANT}.f60000000275": "VH",
    f"{APPLICANT}.f60000000228": "Änne Sophie",
    f"{APPLICANT}.f60000000227": "Großmann-Müller",
    f"{APPLICANT}.f60000000230": "Weiß",
    f"{APPLICANT}.g60000000083.f60000000231": 29,
    f"{APPLICANT}.g60000000083.f60000000232": 2,
    f"{APPLICANT}.g60000000083.f60000000233": 1988,
    f"{APPLICANT}.f60000000234": "Apolda",
    f"{APPLICANT}.f60000000235": "000",
    f"{APPLICANT}.f60000000236": ["000", "151"],
    f"{ADDRESS}.g05000013144_angeben": True,
    f"{ADDRESS}.g05000013144.f05000017637": "001",
    f"{ADDRESS}.g05000013144.g05000011743.f60000000243": "Ziegenhainer Straße",
    f"{ADDRESS}.g05000013144.g05000011743.f60000000244": "12a",
    f"{ADDRESS}.g05000013144.g05000011743.f60000000246": "07749",
    f"{ADDRESS}.g05000013144.g05000011743.f60000000247": "Jena",
    f"{CONTACT}.g05000011747_angeben": True,
    f"{CONTACT}.g05000011747.f60000000240": ["r1"],
    f"{CONTACT}.g05000011747.f60000000240.r1.wert": "03641 490000",
    f"{CONTACT}.g05000011747.f60000000242": "aenne.grossmann@example.org",
    f"{SKILLS}.f05000017554": "Staatlich anerkannte Erzieherin",
    f"{SKILLS}.f05000017555": "300 Unterrichtsstunden",
    f"{SKILLS}.g05000011707": ["r1"],
    f"{SKILLS}.g05000011707.r1.f05000017554": "Musikpädagogik",
    f"{SKILLS}.g05000011707.r1.f05000017555": "40 Stunden",
    f"{COLLEAGUE}.f60000000227": "Öztürk",
    f"{COLLEAGUE}.f60000000228": "Cem",
    f"{COLLEAGUE}.g60000000083.f60000000233": 1990,
    f"{SITE}.f05000017544": False,
    f"{SITE}.f05000017545": "Saalekinder",
    f"{SITE}.g05000011700.f05000017546": "Erdgeschoss, 86 m², Garten hinter dem Haus.\nKein Durchgangsverkehr.",
    f"{SITE}.g05000011700.f05000017547": "003",
    f"{SITE}.g05000011700.f05000017548": "002",
    f"{SITE_ADDRESS}.f60000000243": "Am Anger",
    f"{SITE_ADDRESS}.f60000000244": "15",
    f"{SITE_ADDRESS}.f60000000246": "07743",
    f"{SITE_ADDRESS}.f60000000247": "Jena",
    HOUSEHOLD: ["r1"],
    f"{HOUSEHOLD}.r1.f60000000227": "Großmann-Müller",
    f"{HOUSEHOLD}.r1.f60000000228": "Jonas",
    f"{HOUSEHOLD}.r1.g60000000083.f60000000231": 1,
    f"{HOUSEHOLD}.r1.g60000000083.f60000000232": 9,
    f"{HOUSEHOLD}.r1.g60000000083.f60000000233": 2015,
    f"{STATE}.f05000017579": "002",
    CHECK_APPLICANT: ["r1"],
    f"{CHECK_APPLICANT}.r1.f05000017616": "001",
    f"{CHECK_APPLICANT}.r1.f05000017617": "2026-10-01",
    f"{CHECK_APPLICANT}.r1.f05000017619": "Änne Sophie Großmann-Müller",
}


def answers(file_id: str = "f1") -> dict[str, Any]:
    """All answers, with this file in every required upload."""
    return ANSWERS | {path: [file_id] for path in FILES}
