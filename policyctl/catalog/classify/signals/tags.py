"""Verbs that give an agent more than a class says: the input of rules about flows between tools."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words

#: They carry words to somebody.
SENDS = words("""
    send resend transmit relay deliver warn reply respond forward publish broadcast notify announce post tweet retweet share mail email upload push invite sms
    message comment
""")
#: They make something that others see, if it is one of `PUBLIC`.
MAKES = words("create add write update edit put append")
PUBLIC = words("""
    comment issue post tweet message gist pull pr review reply discussion webhook release story announcement thread email mail
    invite invitation event reaction
""")
#: They open an address, which can carry data in itself.
OPENS = words(
    "fetch get navigate goto open visit browse request scrape crawl download read extract call curl screenshot"
)
#: They bring in what strangers wrote, whatever the object.
BRINGS_IN = words("crawl scrape browse navigate goto")
BULK = words("bulk batch mass all many multiple everything entire")
