"""Made-up documents in the formats of the EPO. No office has issued these numbers to these people."""

from __future__ import annotations

DOCDB = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE exch:exchange-documents SYSTEM "none-of-ours.dtd">
<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange" date-of-exchange="20240218">{documents}
</exch:exchange-documents>"""

DOCUMENT = """
<exch:exchange-document country="WO" doc-number="2099999901" kind="A1" date-publ="20990115" family-id="99000001" \
date-of-last-exchange="20990220">
<exch:bibliographic-data>
<exch:publication-reference data-format="docdb"><document-id lang="en"><country>WO</country>\
<doc-number>{number}</doc-number><kind>A1</kind><date>20990115</date></document-id></exch:publication-reference>
<exch:publication-reference data-format="epodoc"><document-id><doc-number>WO2029999901</doc-number></document-id>\
</exch:publication-reference>
<exch:classifications-ipcr>
<classification-ipcr sequence="1"><text>G06F  16/00        20190101ALI20220101BHEP        </text></classification-ipcr>
<classification-ipcr sequence="2"><text>H04L   9/32        20060101AFI20220101BHEP        </text></classification-ipcr>
</exch:classifications-ipcr>
<exch:patent-classifications>
<patent-classification sequence="1"><classification-scheme office="EP" scheme="CPCI"><date>20130101</date>\
</classification-scheme><classification-symbol>H04L   9/3239      </classification-symbol>\
<symbol-position>L</symbol-position></patent-classification>
<patent-classification sequence="2"><classification-scheme office="EP" scheme="CPCI"><date>20130101</date>\
</classification-scheme><classification-symbol>G06F  16/27        </classification-symbol>\
<symbol-position>F</symbol-position></patent-classification>
<patent-classification sequence="3"><classification-scheme office="JP" scheme="FI"/>\
<classification-symbol>G06F16/00@A</classification-symbol></patent-classification>
</exch:patent-classifications>
<exch:application-reference data-format="docdb"><document-id><country>CN</country><doc-number>2028999901</doc-number>\
<kind>W</kind><date>20280601</date></document-id></exch:application-reference>
<exch:priority-claims>
<exch:priority-claim sequence="1" data-format="docdb"><document-id><country>CN</country>\
<doc-number>202799999901</doc-number><kind>A</kind><date>20270601</date></document-id>\
<exch:priority-active-indicator>Y</exch:priority-active-indicator></exch:priority-claim>
<exch:priority-claim sequence="2" data-format="docdb"><document-id><country>US</country>\
<doc-number>202799999902</doc-number><kind>P</kind><date>20270701</date></document-id>\
<exch:priority-active-indicator>N</exch:priority-active-indicator></exch:priority-claim>
<exch:priority-claim sequence="1" data-format="original"><document-id><doc-number>99/999,902</doc-number></document-id>\
</exch:priority-claim>
</exch:priority-claims>
<exch:parties><exch:applicants>
<exch:applicant sequence="1" data-format="docdb"><exch:applicant-name><name>SAMPLE SOLUTIONS OY</name>\
</exch:applicant-name><residence><country>FI</country></residence></exch:applicant>
<exch:applicant sequence="1" data-format="docdba"><exch:applicant-name><name>Sample Solutions Oy</name>\
</exch:applicant-name></exch:applicant></exch:applicants>
<exch:inventors><exch:inventor sequence="1" data-format="docdb"><exch:inventor-name><name>MUSTER ANNA</name>\
</exch:inventor-name></exch:inventor></exch:inventors></exch:parties>
<exch:designation-of-states><exch:designation-pct><exch:regional><region><country>EP</country></region>\
<country>AT</country></exch:regional><exch:national><country>CN</country><country>JP</country></exch:national>\
</exch:designation-pct></exch:designation-of-states>
<exch:invention-title lang="en" data-format="docdba">MADE-UP DEVICE</exch:invention-title>
<exch:invention-title lang="fr" data-format="docdba">DISPOSITIF INVENT\u00c9</exch:invention-title>
<exch:references-cited>
<exch:citation cited-phase="ISR" sequence="1"><patcit num="1" dnum="FR9999991A1" dnum-type="publication number">\
<document-id><country>FR</country><doc-number>9999991</doc-number><kind>A1</kind><date>20010203</date></document-id>\
</patcit><rel-passage><category>X</category><rel-claims>1-3</rel-claims><category>Y</category></rel-passage>\
<category>XY</category></exch:citation>
<exch:citation cited-phase="APP" sequence="2"><nplcit num="1" npl-type="s"><text>MUSTER A: "Of nothing",
 JOURNAL OF SAMPLES</text><article><atl>Of nothing</atl></article></nplcit></exch:citation>
<exch:citation cited-phase="OPP" sequence="3"><patcit num="2" dnum="XX12" dnum-type="publication number">\
<document-id><country>XX</country><doc-number>12</doc-number></document-id></patcit></exch:citation>
</exch:references-cited>
</exch:bibliographic-data>
<exch:abstract lang="en" data-format="docdba"><exch:p>First &amp; last.</exch:p></exch:abstract>
<exch:abstract lang="ol" data-format="docdba"><exch:p>Autre.</exch:p></exch:abstract>
</exch:exchange-document>"""

OPS = """<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="none.xsl"?>
<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org"
 xmlns:ftxt="http://www.epo.org/fulltext" xmlns:reg="http://www.epo.org/register">{answer}</ops:world-patent-data>"""


def document(number: str = "2029999901") -> str:
    return DOCUMENT.replace("{number}", number)


def docdb(*documents: str) -> bytes:
    return DOCDB.replace("{documents}", "".join(documents)).encode()


def ops(answer: str) -> bytes:
    return OPS.replace("{answer}", answer).encode()


def reference(
    country: str, number: str, kind: str, day: str = "20990101", element: str = "publication-reference"
) -> str:
    """A number in the form of an OPS answer."""
    return (
        f'<{element}><document-id document-id-type="docdb"><country>{country}</country><doc-number>{number}</doc-number>'
        f"<kind>{kind}</kind><date>{day}</date></document-id></{element}>"
    )
