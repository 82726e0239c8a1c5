"""What people type, paste or send into boxes that expect a few words."""

#: By what is unusual about it. None of it names anything that tests build.
UNUSUAL_INPUT = {
    "lone quotation mark": '"',
    "odd quotation marks": 'xqyw"qxzw" "',
    "apostrophe": "xqyw'qxzw'",
    "backslash": "\\",
    "percent and underscore": "%s %(q)s _%",
    "asterisk": "xqyw*",
    "operators": "NEAR(xqyw qxzw, 2) AND NOT {title} : ^xqyw OR",
    "tsquery operators": "!xqyw & (qxzw | <-> xqyw:*",
    "NUL": "xqyw\x00qxzw",
    "control characters": "\x01\x08\x1f\x7f",
    "ten thousand characters": "xqyw " * 2000,
    "many phrases": '"xqyw" "qxzw" ' * 500,
    "one long word": "xqyw" * 2500,
    "only punctuation": "-–…;:!?()[]{}",
    "emoji": "🏠🤝",
}
