"""Content negotiation of codings (RFC 9110, 12.5.3); its cases follow django-http-compression's."""

import pytest

from cms.delivery.compression import negotiate_encoding


@pytest.mark.parametrize(
    "accepted, coding",
    [
        # nothing said
        ("", ""),
        (",", ""),
        (" , \t, ", ""),
        # names
        ("gzip", "gzip"),
        ("br", "br"),
        ("x-gzip", "gzip"),
        ("BR, GZip", "br"),
        ("gzip, br", "br"),
        ("br, gzip", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, deflate", ""),
        ("brotli, gzipped", ""),
        # weights
        ("gzip;q=0.9", "gzip"),
        ("br;q=0.2, gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("gzip;q=0.8, br;q=0.8", "br"),
        ("gzip;q=0.001", "gzip"),
        ("deflate, gzip;q=0.5", "gzip"),
        # refused
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip", "gzip"),
        ("br;q=0., gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        # anything else
        ("*", "br"),
        ("*;q=0", ""),
        ("*;q=0, gzip", "gzip"),
        ("*, br;q=0", "gzip"),
        ("gzip, *;q=0.5", "gzip"),
        ("gzip;q=0.5, *", "br"),
        # uncompressed
        ("identity", ""),
        ("identity, gzip", "gzip"),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0.5, gzip;q=0.4", ""),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=0, *", "br"),
        ("identity;q=0", ""),
        # blanks and upper case
        (" br ; q=0 , gzip ", "gzip"),
        ("br\t;\tq=0.2,gzip;Q=0.9", "gzip"),
        # malformed: as if it were not there
        ("gzip;q=whatever", ""),
        ("gzip;q=", ""),
        ("gzip;", ""),
        ("gzip;q=2", ""),
        ("gzip;q=-1", ""),
        ("gzip;q=0.1234", ""),
        ("gzip;q=nan", ""),
        ("gzip;q= 1", ""),
        ("gzip;level=9", ""),
        ("gzip br", ""),
        ("*;q=,gzip", "gzip"),
        ("br;q=x, gzip", "gzip"),
        ("gzip, " * 1000, ""),
    ],
)
def test_coding_is_negotiated(accepted, coding):
    assert negotiate_encoding(accepted) == coding
