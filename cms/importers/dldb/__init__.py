"""Service catalogues in the format of the Munich and Berlin service database (DLDB): `{"data": [...]}`."""
