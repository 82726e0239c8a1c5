"""Dates and times as Germans type them; read by Django, which adds the ISO forms."""

# The first of each is also how Django writes a value where a widget has no format of its own.
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%d. %m. %Y"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M", "%H.%M", "%H:%M Uhr", "%H.%M Uhr", "%H Uhr"]
DATETIME_INPUT_FORMATS = [
    *(f"{day} {time}" for day in DATE_INPUT_FORMATS for time in TIME_INPUT_FORMATS),
    *(f"{day}, {time}" for day in DATE_INPUT_FORMATS for time in TIME_INPUT_FORMATS),
    # Wagtail offers a date picker for filters by date and time; a day begins at midnight.
    *DATE_INPUT_FORMATS,
]
